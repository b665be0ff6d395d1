using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Credits;
using Rpd.Server.Live;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>Puts credits into one bucket of an account, or takes them out: never more than are in it.</summary>
public sealed class AdjustCredits(AppDb db, CreditLedger ledger, RecordAudit audit, LiveFeed live)
{
    public const long Most = 100_000_000;

    /// <param name="form">The form's own id: sent twice, it is booked once.</param>
    /// <returns>The spendable balance afterwards; null when it had been booked before.</returns>
    public async Task<Outcome<long?>> Run(Actor by, Guid account, Guid form, Bucket bucket, long credits, string reason, CancellationToken cancel)
    {
        if (credits is 0 or > Most or < -Most) return Refusal.Invalid("credits", $"credits must be a number between -{Most} and {Most}, and not 0.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await db.Accounts.AnyAsync(row => row.Id == account && row.Status != Account.Deleted, cancel)) return Refusal.NotFound("The account");
        var before = await Locked(account, cancel);
        var key = $"admin:{form}";
        if (await db.CreditEntries.AnyAsync(entry => entry.Key == key, cancel)) return (long?)null;
        var held = bucket switch { Bucket.Promo => before.Promo, Bucket.Allowance => before.Allowance, _ => before.Purchased };
        if (held + credits < 0) return Refusal.Invalid("credits", $"The bucket {bucket.ToString().ToLowerInvariant()} holds {held}. Take no more than that, or take from another one.");
        var balance = await ledger.Adjust(db, account, credits, bucket, key, reason, cancel);
        await audit.Add(by, "account.credits", account.ToString(), RecordAudit.Json(before), RecordAudit.Json(new { buckets = await Locked(account, cancel), bucket = bucket.ToString().ToLowerInvariant(), credits, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(CreditQueries.Spendable, account);
        return balance;
    }

    /// <summary>As it stands until this transaction ends: nothing is spent between the look and the booking.</summary>
    private async Task<CreditBuckets> Locked(Guid account, CancellationToken cancel) =>
        (await db.CreditBalances.FromSql($"select * from credit_balances where account_id = {account} for update").AsNoTracking().ToListAsync(cancel)) is [var row] ? new(row.Promo, row.Allowance, row.Purchased, row.Owed) : new(0, 0, 0, 0);

    private sealed record CreditBuckets(long Promo, long Allowance, long Purchased, long Owed);
}
