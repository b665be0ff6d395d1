using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;

namespace Rpd.Server.Promotions;

/// <summary>A recurring duty: who came by a link gets credits once their address is proved, if not too many of their network did that day.</summary>
public sealed class WelcomeReferred(AppDb db, CreditLedger ledger, ReferralOptions options, TimeProvider time)
{
    private const int AtOnce = 100;

    public async Task<int> Run(CancellationToken cancel)
    {
        var due = await db.Referrals.AsNoTracking().Where(row => row.WelcomedAt == null && db.Accounts.Any(account => account.Id == row.AccountId && account.EmailConfirmed && account.Status == Account.Active))
            .OrderBy(row => row.JoinedAt).Take(AtOnce).ToListAsync(cancel);
        foreach (var referral in due)
        {
            var now = time.GetUtcNow();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            // One after the other of a network, each seeing what the one before it has committed: counting is exact.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"referrals:{referral.Network}"}, 0))", cancel);
            var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
            var had = await db.Referrals.CountAsync(row => row.Network == referral.Network && row.WelcomeCredits > 0 && row.WelcomedAt >= day, cancel);
            var credits = had < options.PerNetworkPerDay ? options.InvitedCredits : 0;
            var first = await db.Referrals.Where(row => row.AccountId == referral.AccountId && row.WelcomedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.WelcomedAt, now).SetProperty(row => row.WelcomeCredits, credits), cancel);
            if (first == 1 && credits > 0) await ledger.Grant(db, referral.AccountId, credits, Bucket.Promo, $"referral:{referral.AccountId}:invited", "You came by somebody's link", cancel);
            await transaction.CommitAsync(cancel);
        }
        return due.Count;
    }
}
