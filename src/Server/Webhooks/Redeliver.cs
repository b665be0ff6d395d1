using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Shared;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Starts a delivery's schedule over: same id, same body. One that is on its way just now is left alone.</summary>
public sealed class Redeliver(NpgsqlDataSource database, JobBell bell, TimeProvider time)
{
    private const string Sql = """
        with found as (
          select d.id, d.test, coalesce(w.status, 'active') as status, exists (select 1 from events v where v.id = d.event_id) as known
          from webhook_deliveries d left join webhook_endpoints w on w.id = d.endpoint_id
          where d.id = $1 and d.account_id = $3 and d.endpoint_id is not distinct from $2 and (d.endpoint_id is null or w.account_id = $3)
        ), again as (
          update webhook_deliveries d set state = 'pending', step = 0, next_attempt_at = $4, lease_until = null from found f
          where d.id = f.id and f.known and (f.status = 'active' or d.test) and (d.state <> 'pending' or d.lease_until is null or d.lease_until < $4)
        )
        select status, known, test from found
        """;

    /// <param name="webhook">Null: what a request's own webhookUrl was told.</param>
    /// <returns>Null: it is on its way.</returns>
    public async Task<Refusal?> Run(Guid account, Guid? webhook, Guid delivery, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.AddWithValue(delivery);
        command.Parameters.Add(new() { Value = webhook ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return Refusal.NotFound("The delivery");
        if (!reader.GetBoolean(1)) return Refusal.Conflict("This event is more than 30 days old and has been forgotten.");
        if (reader.GetString(0) != WebhookStatus.Active && !reader.GetBoolean(2)) return Refusal.Conflict("This webhook is not active. Set it active first.");
        bell.Ring(Lanes.Webhooks);
        return null;
    }
}
