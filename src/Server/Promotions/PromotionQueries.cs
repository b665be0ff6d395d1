using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Promotions;

namespace Rpd.Server.Promotions;

public sealed class PromotionQueries(AppDb db, Cursors cursors)
{
    public const string ListName = "code-batches";

    /// <summary>The newest first.</summary>
    public async Task<Page<CodeBatchView>> Batches(Guid? before, int limit, CancellationToken cancel)
    {
        var rows = await db.CodeBatches.AsNoTracking().Where(row => before == null || row.Id < before).OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new CodeBatchView(row.Id, row.Note, row.Credits, row.Bucket, row.Codes, row.UsesPerCode, row.Redeemed, row.ExpiresAt, row.RevokedAt, row.CreatedAt)).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? cursors.Write(ListName, rows[^1].Id.ToString()) : null);
    }

    /// <summary>What these codes are for; null when they belong to no batch, or to another.</summary>
    public async Task<CodeBatch?> OfSeed(Guid id, byte[] hashOfFirst, CancellationToken cancel) =>
        await db.CodeBatches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && db.RedeemCodes.Any(code => code.BatchId == id && code.Hash == hashOfFirst), cancel);

    /// <summary>Whoever came by an account's link and has proved their address: how many, and what that has brought.</summary>
    public async Task<(long Joined, long Credits)> Referred(Guid account, CancellationToken cancel)
    {
        var all = db.Referrals.Where(row => row.ReferrerId == account && row.WelcomedAt != null);
        return (await all.LongCountAsync(cancel), await all.SumAsync(row => row.RewardCredits, cancel));
    }

    /// <summary>The newest of them.</summary>
    public async Task<IReadOnlyList<ReferralView>> Referrals(Guid account, int limit, CancellationToken cancel) => await (
        from row in db.Referrals.AsNoTracking()
        join who in db.Accounts on row.AccountId equals who.Id
        where row.ReferrerId == account && row.WelcomedAt != null && who.Status == Accounts.Account.Active
        orderby row.JoinedAt descending
        select new ReferralView(who.Handle, who.DisplayName, row.JoinedAt, row.RewardedAt == null ? null : row.RewardCredits)).Take(limit).ToListAsync(cancel);
}
