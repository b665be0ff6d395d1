using System.Globalization;
using Npgsql;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>
/// What attempts say about a webhook: one success makes it healthy; 410 disables it at once; days of nothing but failure pause it. Tests can do it good
/// but no harm.
/// </summary>
public sealed class JudgeWebhooks(NotifyOwner notify, WebhookOptions options, TimeProvider time)
{
    /// <returns>Whose were stopped, and who has therefore been notified.</returns>
    public async Task<IReadOnlyList<Guid>> Run(NpgsqlTransaction within, IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var well = Ids(outcomes.Where(one => one.Delivered));
        var ill = Ids(outcomes.Where(one => !one.Delivered && !one.Delivery.Test)).Except(well).ToArray();
        var gone = Ids(outcomes.Where(one => one.Gone));
        if (!await Lock(within, well, [.. ill, .. gone], cancel)) return [];
        if (well.Length > 0) await Execute(within, "update webhook_endpoints set failing_since = null where id = any($1) and failing_since is not null", [well], cancel);
        if (ill.Length > 0) await Execute(within, "update webhook_endpoints set failing_since = $2 where id = any($1) and failing_since is null", [ill, outcomes.Min(one => one.At)], cancel);
        var stopped = new List<StoppedWebhook>();
        if (gone.Length > 0) stopped.AddRange(await Stop(within, WebhookStatus.Disabled, "It answered 410 Gone.", gone, null, cancel));
        if (ill.Length > 0)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"Every attempt of {options.PauseAfterDays} days failed.");
            stopped.AddRange(await Stop(within, WebhookStatus.Paused, reason, ill, now.AddDays(-options.PauseAfterDays), cancel));
        }
        foreach (var webhook in stopped) await notify.Run(within, webhook, now, cancel);
        return [.. stopped.Select(webhook => webhook.Account).Distinct()];
    }

    private static Guid[] Ids(IEnumerable<AttemptOutcome> outcomes) => [.. outcomes.Select(one => one.Delivery.Endpoint).OfType<Guid>().Distinct()];

    /// <summary>All that could change, in one order, so that two nodes do not wait for each other.</summary>
    /// <returns>Whether there is any: mostly, all were healthy before and still are.</returns>
    private static async Task<bool> Lock(NpgsqlTransaction within, Guid[] well, Guid[] other, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select id from webhook_endpoints where id = any($1) and failing_since is not null or id = any($2) order by id for no key update", within.Connection, within);
        foreach (var ids in new[] { well, other }) command.Parameters.AddWithValue(ids);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel);
    }

    private static async Task<List<StoppedWebhook>> Stop(NpgsqlTransaction within, string status, string reason, Guid[] ids, DateTimeOffset? failingSince, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            update webhook_endpoints set status = $1, status_reason = $2 where id = any($3) and status = 'active' and ($4::timestamptz is null or failing_since <= $4)
            returning id, account_id, url
            """, within.Connection, within);
        foreach (var value in new object?[] { status, reason, ids }) command.Parameters.AddWithValue(value!);
        command.Parameters.Add(new() { Value = failingSince ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var stopped = new List<StoppedWebhook>();
        while (await reader.ReadAsync(cancel)) stopped.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), status, reason));
        return stopped;
    }

    private static async Task Execute(NpgsqlTransaction within, string sql, object[] values, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, within.Connection, within);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync(cancel);
    }
}

public sealed record StoppedWebhook(Guid Id, Guid Account, string Url, string Status, string Reason);
