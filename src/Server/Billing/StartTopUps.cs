using Npgsql;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Jobs;
using Rpd.Server.Notifications;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Billing;

/// <summary>A recurring duty: whoever has fewer credits than they want to have gets a pack, as long as the month's ceiling allows it. One at a time for each account.</summary>
public sealed class StartTopUps(NpgsqlDataSource database, CreditPackList packs, StripeOptions options, JobBell bell, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        if (!options.Ready) return 0;
        var started = 0;
        foreach (var due in await Due(cancel))
            if (packs.Find(due.Pack) is { } pack && await Start(due, pack, cancel)) started++;
        if (started > 0) bell.Ring(Lanes.Quick);
        return started;
    }

    private async Task<bool> Start(DueTopUp due, CreditPack pack, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var nextMonth = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (due.SpentThisMonth + pack.Cents > due.Ceiling)
        {
            await using var wait = new NpgsqlCommand("update top_ups set not_before = $2 where account_id = $1", connection, transaction);
            wait.Parameters.AddWithValue(due.Account);
            wait.Parameters.AddWithValue(nextMonth);
            await wait.ExecuteNonQueryAsync(cancel);
            await Notify.Write(transaction, new(due.Account, NotificationKinds.Billing, $"top-up:{now:yyyy-MM}", "Automatic top-up has reached this month's ceiling. It goes on next month, or with a higher one.", "/billing"), now, cancel);
            await transaction.CommitAsync(cancel);
            return false;
        }
        var id = Guid.CreateVersion7(now);
        await using var command = new NpgsqlCommand("""
            insert into payments (id, account_id, kind, what, credits, amount, currency, status, created_at) values ($1, $2, 'top-up', $3, $4, $5, $6, 'pending', $7) on conflict do nothing
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = due.Account }, new() { Value = pack.Name }, new() { Value = pack.Credits }, new() { Value = pack.Cents }, new() { Value = options.Currency }, new() { Value = now },
            },
        };
        // Another node was first.
        if (await command.ExecuteNonQueryAsync(cancel) == 0) return false;
        await InsertJob.Run(transaction, Job.New(PayTopUp.Kind, Lanes.Quick, new PayTopUp.Args(id), now), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<IReadOnlyList<DueTopUp>> Due(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand("""
            select t.account_id, t.pack, t.ceiling, coalesce((select sum(p.amount) from payments p where p.account_id = t.account_id and p.kind = 'top-up' and p.status <> 'failed' and p.created_at >= $2), 0)::bigint
            from top_ups t join accounts a on a.id = t.account_id and a.status = 'active' join billing_customers c on c.account_id = t.account_id left join credit_balances b on b.account_id = t.account_id
            where t.active and (t.not_before is null or t.not_before <= $1) and coalesce(b.owed, 0) = 0
              and coalesce(b.promo + b.allowance + b.purchased, 0) + (select coalesce(sum(l.promo + l.allowance + l.purchased), 0) from credit_leases l where l.account_id = t.account_id) < t.threshold
              and not exists (select 1 from payments p where p.account_id = t.account_id and p.kind = 'top-up' and p.status = 'pending') limit 100
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var due = new List<DueTopUp>();
        while (await row.ReadAsync(cancel)) due.Add(new(row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)));
        return due;
    }

    private sealed record DueTopUp(Guid Account, string Pack, long Ceiling, long SpentThisMonth);
}
