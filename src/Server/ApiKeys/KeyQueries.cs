using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys;

/// <summary>An account's keys as it may see them: never a secret, never a hash.</summary>
public sealed class KeyQueries(AppDb db, Cursors cursors, TimeProvider time)
{
    public const string ListName = "keys";

    /// <summary>The newest first. Revoked ones are shown to explain old spending, a screenful of them.</summary>
    public async Task<IReadOnlyList<ApiKeyView>> List(Guid account, CancellationToken cancel)
    {
        const int most = CreateKey.KeysMax * 2;
        return await Views(db.ApiKeys.Where(key => key.AccountId == account)
            .OrderBy(key => key.RevokedAt != null).ThenByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id).Take(most), cancel);
    }

    /// <summary>All of them, revoked ones too, the newest first.</summary>
    public async Task<Page<ApiKeyView>> Page(Guid account, Guid? before, int limit, CancellationToken cancel)
    {
        var found = await Views(db.ApiKeys.Where(key => key.AccountId == account && (before == null || key.Id < before)).OrderByDescending(key => key.Id).Take(limit + 1), cancel);
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write(ListName, found[limit - 1].Id.ToString()) : null);
    }

    public async Task<ApiKeyView?> Find(Guid account, Guid id, CancellationToken cancel) =>
        (await Views(db.ApiKeys.Where(key => key.AccountId == account && key.Id == id), cancel)).SingleOrDefault();

    private async Task<IReadOnlyList<ApiKeyView>> Views(IQueryable<ApiKey> query, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var keys = await query.AsNoTracking().ToListAsync(cancel);
        var starts = CapRule.Periods.ToDictionary(period => period, period => new CapRule(1, period).WindowStart(now));
        DateTimeOffset day = starts["day"], week = starts["week"], month = starts["month"], total = starts["total"];
        var ids = keys.Where(key => key.CapPeriod is not null).Select(key => key.Id).ToArray();
        var spent = ids.Length == 0 ? [] : await db.ApiKeySpend.AsNoTracking()
            .Where(row => ids.Contains(row.ApiKeyId) && ((row.Period == "day" && row.PeriodStart == day) || (row.Period == "week" && row.PeriodStart == week)
                || (row.Period == "month" && row.PeriodStart == month) || (row.Period == "total" && row.PeriodStart == total)))
            .ToDictionaryAsync(row => (row.ApiKeyId, row.Period), row => row.Spent, cancel);
        return [.. keys.Select(key => KeyViews.Of(key, key.CapPeriod is { } period ? spent.GetValueOrDefault((key.Id, period)) : 0, now))];
    }
}

internal static class KeyViews
{
    public static ApiKeyView Of(ApiKey key, long spent, DateTimeOffset now) => new(
        key.Id, key.Name, key.Prefix, key.Last4, key.Scopes, key.ExpiresAt,
        CapRule.Of(key.CapCredits, key.CapPeriod) is { } cap ? new CapView(cap.Credits, cap.Period, spent) : null,
        key.AllowedIps, key.LastUsedAt, key.LastUsedIp, key.Status(now), key.CreatedAt, key.OldHashUntil > now ? key.OldHashUntil : null)
    {
        AlertPercents = key.AlertPercents,
        Watched = key.Watched,
    };
}
