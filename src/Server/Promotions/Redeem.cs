using System.Net;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Shared;
using Rpd.Shared.Promotions;

namespace Rpd.Server.Promotions;

/// <summary>
/// Turns a code into credits, in one transaction with the ledger's entry. Uses of a batch queue up at its row: of two that want the last use of a code one gets
/// it. Codes are looked for a few times only, by one account and from one network: nobody finds one by trying.
/// </summary>
public sealed class Redeem(AppDb db, CodeText text, CreditLedger ledger, Attempts attempts, PromotionOptions options, TimeProvider time)
{
    private const string Tries = "redeem", NetworkTries = "redeem-network";
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly Refusal Unknown = new("NOT_FOUND", 404, "This code is not known here. Codes have twelve letters and digits, such as K7QX-M2PD-9RTA; O, I, L, 0 and 1 are in none.");

    public async Task<Outcome<RedeemedView>> Run(Guid account, string? typed, IPAddress? address, CancellationToken cancel)
    {
        // What cannot be a code is a slip and no guess.
        if (CodeText.Read(typed) is not { } code) return string.IsNullOrWhiteSpace(typed) ? Refusal.Invalid("code", "Enter your code.") : Unknown;
        var network = Network.Of(address);
        if ((attempts.Take(Tries, account.ToString(), options.RedeemTriesPerAccount, Window) ?? attempts.Take(NetworkTries, network, options.RedeemTriesPerNetwork, Window)) is { } wait)
            return new Refusal("RATE_LIMITED", 429, $"Too many codes were tried. Please wait {Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes))} min.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var hash = text.Hash(code);
        if (await db.RedeemCodes.Where(row => row.Hash == hash).Select(row => (Guid?)row.BatchId).SingleOrDefaultAsync(cancel) is not { } id) return Unknown;
        attempts.GiveBack(Tries, account.ToString());
        attempts.GiveBack(NetworkTries, network);
        var batch = (await db.CodeBatches.FromSql($"select * from code_batches where id = {id} for update").ToListAsync(cancel)).Single();
        var known = await db.RedeemCodes.SingleAsync(row => row.Hash == hash, cancel);
        var key = $"code:{known.Id}:{account}";
        if (await db.CreditEntries.AnyAsync(entry => entry.Key == key, cancel)) return Refusal.Conflict("You have used this code already.");
        if (batch.RevokedAt is not null) return Refusal.Conflict("This code was revoked.");
        if (batch.ExpiresAt <= time.GetUtcNow()) return Refusal.Conflict("This code has expired.");
        if (known.Uses >= batch.UsesPerCode) return Refusal.Conflict("This code is used up.");
        known.Uses++;
        batch.Redeemed++;
        await db.SaveChangesAsync(cancel);
        var balance = await ledger.Grant(db, account, batch.Credits, batch.Bucket == CodeBuckets.Promo ? Bucket.Promo : Bucket.Purchased, key, $"Code …{known.Last4}", cancel)
            ?? throw new InvalidOperationException($"{key} was booked beside the lock.");
        await transaction.CommitAsync(cancel);
        return new RedeemedView(batch.Credits, batch.Bucket, balance);
    }
}
