using System.Net;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Ten new recovery codes; the old ones end.</summary>
public sealed class RenewRecoveryCodes(AppDb db, ProveAgain prove, AccountLetters letters, LetterSeal seal, JobBell bell, TimeProvider time)
{
    public async Task<Outcome<string[]>> Run(Guid account, string? proof, IPAddress? address, CancellationToken cancel)
    {
        if ((await prove.Run(account, proof, address, cancel, codeOnly: true)).Refusal is { } refusal) return refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Of two at once one waits here and then replaces the other's codes: the newest letter is right.
        var owner = await db.Accounts.FromSql($"select * from accounts where id = {account} for no key update").AsNoTracking().SingleAsync(cancel);
        if (!owner.TwoFactorEnabled) return Refusal.Conflict("Two-factor is off.");
        var codes = await EnableTwoFactor.NewCodes(db, account, time.GetUtcNow(), cancel);
        db.Add(seal.Job(letters.RecoveryCodesRenewed(owner)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return codes;
    }
}

/// <summary>Turns two-factor off: secret, recovery codes and trusted browsers are gone.</summary>
public sealed class DisableTwoFactor(AppDb db, ProveAgain prove, AccountLetters letters, LetterSeal seal, JobBell bell)
{
    /// <returns>Null when it is off.</returns>
    public async Task<Refusal?> Run(Guid account, string? proof, IPAddress? address, CancellationToken cancel)
    {
        if ((await prove.Run(account, proof, address, cancel, codeOnly: true)).Refusal is { } refusal) return refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var turned = await db.Accounts.Where(row => row.Id == account && row.TwoFactorEnabled)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TwoFactorEnabled, false), cancel);
        // Off already, in another tab.
        if (turned == 0) return null;
        await db.Authenticators.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancel);
        await db.RecoveryCodes.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancel);
        await db.TrustedBrowsers.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancel);
        db.Add(seal.Job(letters.TwoFactorOff(await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel))));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return null;
    }
}
