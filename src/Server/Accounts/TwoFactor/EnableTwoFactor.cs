using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Makes a secret for an authenticator app to read. It counts for nothing until its first code has come back.</summary>
public sealed class BeginTwoFactor(AppDb db, AuthenticatorSecrets secrets, TimeProvider time)
{
    /// <summary>A second beginning replaces the first one's secret, unless two-factor is on.</summary>
    public async Task Run(Guid account, CancellationToken cancel)
    {
        var secret = secrets.Seal(account, RandomNumberGenerator.GetBytes(Totp.SecretBytes));
        await db.Database.ExecuteSqlAsync($"""
            insert into authenticators (account_id, sealed_secret, created_at)
            select id, {secret}, {time.GetUtcNow()} from accounts where id = {account} and not two_factor_enabled for no key update
            on conflict (account_id) do update set sealed_secret = excluded.sealed_secret, last_step = 0, created_at = excluded.created_at
            """, cancel);
    }
}

/// <summary>Turns two-factor on, once a code shows that the app has the secret, and hands out the recovery codes.</summary>
public sealed partial class EnableTwoFactor(AppDb db, AuthenticatorSecrets secrets, AccountLetters letters, LetterSeal seal, JobBell bell, TimeProvider time)
{
    private static readonly Refusal Wrong = Refusal.Invalid("code", "That code is not right. Type the six digits that your app shows now; if it stays so, check your phone's clock.");

    /// <returns>The recovery codes: this once, in clear.</returns>
    public async Task<Outcome<string[]>> Run(Guid account, string? code, CancellationToken cancel)
    {
        var plain = Gaps().Replace(code ?? "", "");
        if (!VerifySecondFactor.IsCode(plain)) return Refusal.Invalid("code", "Type the six digits that your app shows.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The account's row first, as everywhere here: two tabs wait for each other and never for ever.
        var owner = await db.Accounts.FromSql($"select * from accounts where id = {account} for no key update").AsNoTracking().SingleAsync(cancel);
        var row = await db.Authenticators.AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == account, cancel);
        if (row is null || owner.TwoFactorEnabled || row.CreatedAt <= time.GetUtcNow() - WaitingAuthenticator.Life) return Refusal.Conflict("There is nothing to confirm here.");
        if (Totp.StepOf(secrets.Open(row), plain, time.GetUtcNow()) is not { } step) return Wrong;
        await db.Authenticators.Where(row => row.AccountId == account).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LastStep, step).SetProperty(row => row.FailedCount, 0).SetProperty(row => row.RestsUntil, (DateTimeOffset?)null), cancel);
        await db.Accounts.Where(owner => owner.Id == account).ExecuteUpdateAsync(set => set.SetProperty(owner => owner.TwoFactorEnabled, true), cancel);
        var codes = await NewCodes(db, account, time.GetUtcNow(), cancel);
        db.Add(seal.Job(letters.TwoFactorOn(owner)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return codes;
    }

    /// <summary>Replaces all that there were; the caller commits.</summary>
    internal static async Task<string[]> NewCodes(AppDb db, Guid account, DateTimeOffset now, CancellationToken cancel)
    {
        await db.RecoveryCodes.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancel);
        var codes = RecoveryCodes.New();
        db.AddRange(codes.Select(code => new RecoveryCode { AccountId = account, Hash = RecoveryCodes.HashOf(code)!, CreatedAt = now }));
        await db.SaveChangesAsync(cancel);
        return codes;
    }

    [GeneratedRegex(@"[\s-]")]
    private static partial Regex Gaps();
}
