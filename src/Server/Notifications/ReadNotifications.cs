using Npgsql;
using NpgsqlTypes;

namespace Rpd.Server.Notifications;

/// <summary>Marks notifications as read: some, or all. Other people's and read ones stay as they are.</summary>
public sealed class ReadNotifications(NpgsqlDataSource database, TimeProvider time)
{
    /// <param name="ids">Null for all.</param>
    public async Task Run(Guid account, Guid[]? ids, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update notifications set read_at = $2 where account_id = $1 and read_at is null and ($3::uuid[] is null or id = any($3))");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.Add(new() { Value = ids ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
