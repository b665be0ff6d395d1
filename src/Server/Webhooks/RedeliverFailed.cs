using Npgsql;
using Rpd.Server.Jobs;

namespace Rpd.Server.Webhooks;

/// <summary>Starts everything over that has failed at a webhook since a moment: after a receiver's bad day, in one go.</summary>
public sealed class RedeliverFailed(NpgsqlDataSource database, JobBell bell, TimeProvider time)
{
    /// <summary>The newest so many; more are a second go.</summary>
    public const int AtOnce = 1000;

    /// <returns>How many are on their way; null when the account has no such webhook that is active.</returns>
    public async Task<int?> Run(Guid account, Guid webhook, DateTimeOffset since, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            with target as (
              select id from webhook_endpoints where id = $1 and account_id = $2 and status = 'active'
            ), found as (
              select d.id from webhook_deliveries d join target t on t.id = d.endpoint_id
              where d.state in ('failed', 'cancelled') and not d.test and d.created_at >= $3 and exists (select 1 from events v where v.id = d.event_id)
              order by d.event_id desc limit $5 for update of d skip locked
            ), again as (
              update webhook_deliveries d set state = 'pending', step = 0, next_attempt_at = $4, lease_until = null from found f where d.id = f.id returning d.id
            )
            select (select count(*) from again)::int from target
            """);
        command.Parameters.AddWithValue(webhook);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(since);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(AtOnce);
        if (await command.ExecuteScalarAsync(cancel) is not int count) return null;
        if (count > 0) bell.Ring(Lanes.Webhooks);
        return count;
    }
}
