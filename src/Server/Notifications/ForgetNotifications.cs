using Npgsql;

namespace Rpd.Server.Notifications;

/// <summary>What was read is kept for 90 days, what was not for a year.</summary>
public sealed class ForgetNotifications(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("delete from notifications where created_at < $1 or (read_at is not null and created_at < $2)");
        command.Parameters.AddWithValue(time.GetUtcNow().AddYears(-1));
        command.Parameters.AddWithValue(time.GetUtcNow().AddDays(-90));
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
