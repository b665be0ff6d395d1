using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Live;

namespace Rpd.Server.Notifications;

/// <summary>Marks notifications as read: some, or all. Other people's and read ones stay as they are.</summary>
public sealed class ReadNotifications(NpgsqlDataSource database, LiveFeed live, TimeProvider time)
{
    /// <param name="ids">Null for all.</param>
    public async Task Run(Guid account, Guid[]? ids, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update notifications set read_at = $2 where account_id = $1 and read_at is null and ($3::uuid[] is null or id = any($3))");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.Add(new() { Value = ids ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        if (await command.ExecuteNonQueryAsync(cancel) > 0) live.TellCount(Notify.Unread, account);
    }
}
