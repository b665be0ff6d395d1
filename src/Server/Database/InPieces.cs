using Npgsql;

namespace Rpd.Server.Database;

/// <summary>Deletes what is old. A long absence or a busy hour must not end in one huge transaction.</summary>
public static class InPieces
{
    private const int AtOnce = 10_000;

    /// <param name="sql">$1: how many at most; $2: what is older goes.</param>
    public static async Task<int> Delete(NpgsqlDataSource database, string sql, DateTimeOffset olderThan, CancellationToken cancel)
    {
        var all = 0;
        int gone;
        do
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.AddWithValue(AtOnce);
            command.Parameters.AddWithValue(olderThan);
            all += gone = await command.ExecuteNonQueryAsync(cancel);
        }
        while (gone == AtOnce);
        return all;
    }
}
