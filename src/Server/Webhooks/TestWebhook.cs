using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Events;
using Rpd.Server.Jobs;

namespace Rpd.Server.Webhooks;

/// <summary>Sends a <c>webhook.test</c> by the way of every other message, once, also to a webhook that is paused or disabled.</summary>
public sealed class TestWebhook(NpgsqlDataSource database, JobBell bell, TimeProvider time)
{
    public const string EventName = "webhook.test";

    /// <returns>The delivery; null when the account has no such webhook.</returns>
    public async Task<Guid?> Run(Guid account, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand("""
            with told as (
              insert into events (account_id, name, data, at) select account_id, $3, $4, $5 from webhook_endpoints where id = $1 and account_id = $2 returning id
            )
            insert into webhook_deliveries (id, event_id, account_id, endpoint_id, target, uid, test, state, next_attempt_at, created_at)
            select gen_random_uuid(), told.id, $2, $1, $1, $6, true, 'pending', $5, $5 from told returning id
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(EventName);
        command.Parameters.Add(new() { Value = RecordEvent.Json(new { webhookId = id, message = "This is a test." }), NpgsqlDbType = NpgsqlDbType.Json });
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(Guid.CreateVersion7(now));
        if (await command.ExecuteScalarAsync(cancel) is not Guid delivery) return null;
        bell.Ring(Lanes.Webhooks);
        return delivery;
    }
}
