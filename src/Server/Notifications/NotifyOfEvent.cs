using System.Globalization;
using System.Text.Json;
using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Shared.Events;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Notifications;

/// <summary>The job <c>notification.write</c>, which comes with the event: tells its owner what went wrong. Run twice, it still counts once.</summary>
public sealed class NotifyOfEvent(NpgsqlDataSource database, LiveFeed live) : IJob
{
    public const string Kind = "notification.write";

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await Read(transaction, job.Read<Args>().Event, cancel) is not var (notice, at)) return JobResult.Done;
        await Notify.Write(transaction, notice, at, cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(Notify.Unread, notice.Account);
        return JobResult.Done;
    }

    private static async Task<(Notice, DateTimeOffset)?> Read(NpgsqlTransaction within, long id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select account_id, name, subject_id, data, at, uid from events where id = $1", within.Connection, within);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var (account, name, data) = (row.GetGuid(0), row.GetString(1), row.GetFieldValue<JsonElement>(3));
        var at = row.GetFieldValue<DateTimeOffset>(4);
        return name == EventNames.GenerationFailed ? (Failed(account, row.GetGuid(2), data), at) : (Low(account, row.GetGuid(5), data), at);
    }

    private static Notice Failed(Guid account, Guid generation, JsonElement data) => new(account, NotificationKinds.GenerationFailed, NotificationKinds.GenerationFailed,
        $"A generation failed: {data.GetProperty("error").GetProperty("message").GetString()}", $"/library/{generation}", "{count} generations failed.", generation);

    private static Notice Low(Guid account, Guid uid, JsonElement data)
    {
        var left = data.GetProperty("balance").GetInt64();
        var title = string.Create(CultureInfo.InvariantCulture, $"Your balance is low: {left} {(left == 1 ? "credit is" : "credits are")} left.");
        return new(account, NotificationKinds.CreditsLow, NotificationKinds.CreditsLow, title, "/credits", null, uid);
    }

    internal sealed record Args(long Event);
}
