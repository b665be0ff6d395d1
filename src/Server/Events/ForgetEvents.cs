using Npgsql;

namespace Rpd.Server.Events;

/// <summary>Events are kept for 30 days.</summary>
public sealed class ForgetEvents(NpgsqlDataSource database)
{
    // A long absence must not end in one huge transaction.
    private const int AtOnce = 10_000;

    public async Task<int> Run(CancellationToken cancel)
    {
        var all = 0;
        int gone;
        do
        {
            await using var command = database.CreateCommand("delete from events where id in (select id from events where at < now() - interval '30 days' order by at limit $1)");
            command.Parameters.AddWithValue(AtOnce);
            all += gone = await command.ExecuteNonQueryAsync(cancel);
        }
        while (gone == AtOnce);
        return all;
    }
}
