using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Rpd.Server.ApiKeys;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Usage;

/// <summary>
/// A recurring duty: an owner is told when a key has spent a share of its cap, once for each share and window. Of several shares that were passed at once the highest is told.
/// </summary>
public sealed class TellOfCaps(AppDb db, LiveFeed live, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (periods, starts) = (CapRule.Periods.ToArray(), CapRule.Periods.Select(period => new CapRule(1, period).WindowStart(now).UtcDateTime).ToArray());
        // What a node has set aside for short calls is not spent yet, and may come back.
        var reached = await db.Database.SqlQuery<Reached>($"""
            select * from (
              select k.id, k.account_id as "AccountId", k.name, k.cap_credits as cap, k.cap_period as period, s.period_start as start, used.spent,
                (select max(share) from unnest(k.alert_percents) share where used.spent * 100 >= share * k.cap_credits) as percent, s.alerted_percent as told
              from api_keys k join unnest({periods}, {starts}) w (period, start) on w.period = k.cap_period
              join api_key_spend s on s.api_key_id = k.id and s.period = k.cap_period and s.period_start = w.start
              cross join lateral (select s.spent - coalesce(sum(l.promo + l.allowance + l.purchased), 0)::bigint as spent from credit_leases l
                where l.account_id = k.account_id and l.api_key_id = k.id and l.cap_start = s.period_start) used
              where k.cap_credits is not null and k.revoked_at is null) looked
            where percent > told
            """).ToListAsync(cancel);
        foreach (var key in reached) await Tell(key, now, cancel);
        return reached.Count;
    }

    private async Task Tell(Reached key, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Of two nodes one tells.
        var first = await db.ApiKeySpend.Where(row => row.ApiKeyId == key.Id && row.Period == key.Period && row.PeriodStart == key.Start && row.AlertedPercent < key.Percent)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AlertedPercent, key.Percent), cancel);
        if (first == 0) return;
        var title = string.Create(CultureInfo.InvariantCulture,
            $"Your API key “{key.Name}” has spent {key.Spent:N0} of the {key.Cap:N0} credits that it may spend {(key.Period == "total" ? "in all" : $"this {key.Period}")}: {key.Percent} %.");
        await Notify.Write((NpgsqlTransaction)transaction.GetDbTransaction(),
            new(key.AccountId, NotificationKinds.KeyCap, string.Create(CultureInfo.InvariantCulture, $"cap:{key.Id}:{key.Start:O}:{key.Percent}"), title, $"/usage?key={key.Id}"), now, cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(Notify.Unread, key.AccountId);
    }

    private sealed record Reached(Guid Id, Guid AccountId, string Name, long Cap, string Period, DateTimeOffset Start, long Spent, int Percent, int Told);
}
