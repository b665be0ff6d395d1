using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Promotions;

/// <summary>
/// A recurring duty: whose link somebody came by gets credits when the other has spent some that were no gift. Work that somebody paid for is what made-up people
/// do not bring.
/// </summary>
public sealed class RewardReferrals(AppDb db, CreditLedger ledger, LiveFeed live, ReferralOptions options, TimeProvider time)
{
    private const int AtOnce = 100;

    public async Task<int> Run(CancellationToken cancel)
    {
        if (options.ReferrerCredits == 0) return 0;
        var now = time.GetUtcNow();
        var (month, oldest) = (new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero), now.AddDays(-options.Days));
        // What was spent is what was captured without what gifts have paid for or still hold. The hours' sums, of which there are few, sort out those who have hardly begun.
        var due = await db.Referrals.FromSql($"""
            select r.* from referrals r join accounts a on a.id = r.account_id and a.status = 'active' join accounts o on o.id = r.referrer_id and o.status = 'active'
            where r.rewarded_at is null and r.joined_at > {oldest} and a.email_confirmed
              and (select coalesce(sum(u.credits), 0) from usage_hours u where u.account_id = r.account_id) >= {options.AfterSpending}
              and (select coalesce(sum(e.revenue + e.promo), 0) from credit_entries e where e.account_id = r.account_id and e.kind in ('reserve', 'settle')) >= {options.AfterSpending}
              and (select count(*) from referrals p where p.referrer_id = r.referrer_id and p.reward_credits > 0 and p.rewarded_at >= {month}) < {options.PerReferrerPerMonth}
            order by r.joined_at limit {AtOnce}
            """).AsNoTracking().ToListAsync(cancel);
        foreach (var referral in due)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            // One after the other, each seeing what the one before it has committed: counting is exact.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"referrer:{referral.ReferrerId}"}, 0))", cancel);
            if (await db.Referrals.CountAsync(row => row.ReferrerId == referral.ReferrerId && row.RewardCredits > 0 && row.RewardedAt >= month, cancel) >= options.PerReferrerPerMonth) continue;
            var first = await db.Referrals.Where(row => row.AccountId == referral.AccountId && row.RewardedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RewardedAt, now).SetProperty(row => row.RewardCredits, options.ReferrerCredits), cancel);
            if (first == 0) continue;
            var name = await db.Accounts.Where(row => row.Id == referral.AccountId).Select(row => row.DisplayName).SingleAsync(cancel);
            await ledger.Grant(db, referral.ReferrerId, options.ReferrerCredits, Bucket.Promo, $"referral:{referral.AccountId}:referrer", "Somebody came by your link", cancel);
            var notice = new Notice(referral.ReferrerId, NotificationKinds.Referral, $"referral:{referral.AccountId}",
                string.Create(CultureInfo.InvariantCulture, $"{name} came by your link: {options.ReferrerCredits} credits are yours."), "/referrals");
            await Notify.Write((NpgsqlTransaction)transaction.GetDbTransaction(), notice, now, cancel);
            await transaction.CommitAsync(cancel);
            live.TellCount(Notify.Unread, referral.ReferrerId);
        }
        return due.Count;
    }
}
