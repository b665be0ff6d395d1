using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Rpd.Server.ApiKeys;
using Rpd.Server.Events;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Usage;

/// <summary>
/// A recurring duty: a key that spends in the running hour far more than in its own busy hours is frozen, and its owner told. What somebody does with a stolen key
/// stops within a minute or two; a key without a history has no habits that it could leave.
/// </summary>
public sealed class FreezeKeys(AppDb db, KeyCheck check, LiveFeed live, KeyWatchOptions options, TimeProvider time)
{
    private const int HistoryDays = 28;

    /// <summary>Only keys that were just used are looked at, and only the history of those that spend more than the floor.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        if (options.Factor == 0) return 0;
        var now = time.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var suspects = await db.Database.SqlQuery<Suspect>($"""
            select s.id, s.spent, h.usual from (
              select k.id, k.account_id, (select coalesce(sum(u.credits), 0)::bigint from usage_hours u where u.account_id = k.account_id and u.hour = {hour} and u.api_key_id = k.id) as spent
              from api_keys k where k.last_used_at >= {hour} and k.watched and k.frozen_at is null and k.revoked_at is null and (k.watched_from is null or k.watched_from <= {now})) s
            cross join lateral (
              select count(*) as hours, percentile_disc(0.95) within group (order by used.credits)::bigint as usual from (
                select sum(u.credits) as credits from usage_hours u where s.spent > {options.FloorCredits} and u.account_id = s.account_id and u.hour >= {hour.AddDays(-HistoryDays)} and u.hour < {hour}
                  and u.api_key_id = s.id group by u.hour having sum(u.credits) > 0) used) h
            where s.spent > {options.FloorCredits} and h.hours >= {options.HoursKnown} and s.spent > h.usual * {options.Factor}
            """).ToListAsync(cancel);
        var frozen = 0;
        foreach (var suspect in suspects) frozen += await Freeze(suspect, now, cancel) ? 1 : 0;
        return frozen;
    }

    private async Task<bool> Freeze(Suspect suspect, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Of two nodes, and of this and a thaw, the first counts.
        var first = await db.ApiKeys.Where(row => row.Id == suspect.Id && row.FrozenAt == null && row.Watched && (row.WatchedFrom == null || row.WatchedFrom <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FrozenAt, now), cancel);
        if (first == 0) return false;
        var key = await db.ApiKeys.AsNoTracking().SingleAsync(row => row.Id == suspect.Id, cancel);
        db.Add(new Event { AccountId = key.AccountId, Name = "key.frozen", SubjectId = key.Id, Data = JsonSerializer.SerializeToElement(new { key.Id, key.Name, key.Last4, suspect.Spent, suspect.Usual }, JsonSerializerOptions.Web), At = now });
        await db.SaveChangesAsync(cancel);
        var title = string.Create(CultureInfo.InvariantCulture, $"Your API key “{key.Name}” is frozen: it has spent {suspect.Spent:N0} credits in this hour, and hardly ever more than {suspect.Usual:N0} before. If that is right, thaw it.");
        await Notify.Write((NpgsqlTransaction)transaction.GetDbTransaction(), new(key.AccountId, NotificationKinds.KeyFrozen, $"frozen:{key.Id}", title, "/keys"), now, cancel);
        await transaction.CommitAsync(cancel);
        check.Forget(key);
        live.TellCount(Notify.Unread, key.AccountId);
        return true;
    }

    private sealed record Suspect(Guid Id, long Spent, long Usual);
}
