using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Credits;
using Rpd.Server.Live;
using Rpd.Server.Plans;

namespace Rpd.Server.Billing;

/// <summary>
/// Brings each month's allowance while its plan is paid for, also of plans that are paid by the year, and ends what is left of the month before. A better plan
/// brings the difference for the rest of the month. Each has a key of its own: granted twice it comes once.
/// </summary>
public sealed class GrantAllowances(NpgsqlDataSource database, CreditLedger ledger, PlanList plans, LiveFeed live, TimeProvider time)
{
    private const int AtOnce = 500;

    /// <summary>A recurring duty.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var done = await ledger.Lapse(database, AtOnce, cancel);
        foreach (var account in await Due(cancel))
        {
            await using var connection = await database.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await Within(transaction, account, cancel);
            await transaction.CommitAsync(cancel);
            live.TellCount(CreditQueries.Spendable, account);
            done++;
        }
        return done;
    }

    /// <summary>What is due for one account, in the caller's transaction.</summary>
    public async Task Within(NpgsqlTransaction within, Guid account, CancellationToken cancel)
    {
        if (await Read(within, account, cancel) is not { } now) return;
        var month = AllowanceMonth.At(now.StartedAt, time.GetUtcNow());
        var allowance = plans.Of(now.Plan).AllowancePerMonth;
        var granted = now.GrantedMonth == month.Name ? now.Granted : 0;
        if (now.Paid && allowance > granted)
        {
            var key = $"plan:{account}:{month.Name}";
            var (credits, named) = granted == 0 ? (allowance, key) : (month.Rest(allowance - granted, time.GetUtcNow()), $"{key}:{now.Plan}");
            if (credits > 0 && await ledger.Allow(within, account, credits, named, month.From, month.To, $"Allowance of {now.Plan}", cancel) is not null) await Link(within, now.Id, credits, cancel);
            granted = allowance;
        }
        await using var command = new NpgsqlCommand("update subscriptions set granted_month = $2, granted = $3, allowance_next = $4 where id = $1", within.Connection, within)
        {
            Parameters =
            {
                new() { Value = now.Id }, new() { Value = month.Name }, new() { Value = granted },
                new() { Value = now.Paid && now.PaidUntil > month.To ? month.To : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The payment that brought it: going back it takes this along.</summary>
    private static async Task Link(NpgsqlTransaction within, string subscription, long credits, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "update payments set credits = credits + $2 where id = (select id from payments where subscription = $1 and status = 'paid' order by created_at desc, id desc limit 1)", within.Connection, within);
        command.Parameters.AddWithValue(subscription);
        command.Parameters.AddWithValue(credits);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<Standing?> Read(NpgsqlTransaction within, Guid account, CancellationToken cancel)
    {
        // Paid up, unless the last payment went back as a whole.
        await using var command = new NpgsqlCommand("""
            select s.id, s.plan, s.started_at, s.paid_until, s.granted_month, s.granted, s.status in ('trialing', 'active') and s.paid_until > $2 and not coalesce((
              select p.amount > 0 and p.refunded + p.disputed >= p.amount from payments p
              where p.subscription = s.id and p.status = 'paid' order by p.created_at desc, p.id desc limit 1), false)
            from subscriptions s where s.account_id = $1 and s.status in ('trialing', 'active', 'past_due', 'unpaid', 'paused') for update of s
            """, within.Connection, within);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.IsDBNull(3) ? DateTimeOffset.MinValue : row.GetFieldValue<DateTimeOffset>(3),
            row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5), !row.IsDBNull(6) && row.GetBoolean(6)) : null;
    }

    private async Task<IReadOnlyList<Guid>> Due(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select account_id from subscriptions where allowance_next <= $1 order by allowance_next limit $2");
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(AtOnce);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var due = new List<Guid>();
        while (await row.ReadAsync(cancel)) due.Add(row.GetGuid(0));
        return due;
    }

    private sealed record Standing(string Id, string Plan, DateTimeOffset StartedAt, DateTimeOffset PaidUntil, string? GrantedMonth, long Granted, bool Paid);
}
