using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>
/// Checks a code of the authenticator app, or a recovery code, for an account that has two-factor on. Each works once, also for two who come at once.
/// Whoever accepts a password asks here too: pages, programs and administrators.
/// </summary>
public sealed partial class VerifySecondFactor(
    AppDb db, AuthenticatorSecrets secrets, Attempts attempts, AccountLetters letters, LetterSeal seal, JobBell bell, IOptions<AccountOptions> options, TimeProvider time)
{
    /// <summary>Its own code, so that programs can ask for the code.</summary>
    public const string RequiredCode = "TWO_FACTOR_REQUIRED";

    private const string WrongCode = "TWO_FACTOR_INVALID";

    /// <summary>For programs: the password is right, and a code is needed too.</summary>
    public static readonly Refusal Required = new(RequiredCode, 401, "This account asks for a code of its authenticator app, or a recovery code.");

    public static readonly Refusal Wrong = new(WrongCode, 401, "That code is not right, or it has been used. Codes change every 30 seconds; use the one that shows now.");

    /// <param name="code">Six digits, or a recovery code. Spaces and dashes do not matter.</param>
    /// <returns>When it was passed.</returns>
    public async Task<Outcome<DateTimeOffset>> Run(Guid account, string? code, IPAddress? address, CancellationToken cancel)
    {
        var network = Network.Of(address);
        if (attempts.Take("sign-in", network, options.Value.SignInFailuresPerNetwork, TimeSpan.FromMinutes(5)) is { } wait) return LetterLimits.Busy(wait);
        var plain = Gaps().Replace(code ?? "", "");
        if (plain.Length == 0) return Required;
        if (await TakeTry(account, cancel) is { } rest) return rest;
        var passed = IsCode(plain) ? await TakeStep(account, plain, cancel) : RecoveryCodes.HashOf(plain) is { } hash && await TakeRecoveryCode(account, hash, cancel);
        if (!passed) return Wrong;
        attempts.GiveBack("sign-in", network);
        await db.Authenticators.Where(row => row.AccountId == account)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FailedCount, 0).SetProperty(row => row.RestsUntil, (DateTimeOffset?)null), cancel);
        return time.GetUtcNow();
    }

    internal static bool IsCode(string plain) => plain.Length == 6 && plain.All(char.IsAsciiDigit);

    /// <summary>Counted before the code is looked at, in one statement, as wrong passwords are.</summary>
    private async Task<Refusal?> TakeTry(Guid account, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var most = options.Value.SignInTriesPerAccount;
        var taken = await db.Database.SqlQuery<Guid>($"""
            with found as (
              select account_id, case when rests_until < {now} - interval '1 day' then 1 else failed_count + 1 end as tries
              from authenticators where account_id = {account} and (rests_until is null or rests_until <= {now}) for update)
            update authenticators a set failed_count = tries,
              rests_until = case when tries % {most} = 0 then {now} + least(interval '1 hour', interval '5 minutes' * power(2, least(tries / {most} - 1, 10))) else a.rests_until end
            from found where a.account_id = found.account_id returning a.account_id as "Value"
            """).ToListAsync(cancel);
        if (taken.Count == 1) return null;
        var until = await db.Authenticators.Where(row => row.AccountId == account).Select(row => row.RestsUntil).SingleOrDefaultAsync(cancel);
        if (until is null) return Wrong;
        var minutes = Math.Max(1, (int)Math.Ceiling((until.Value - now).TotalMinutes));
        return new("RATE_LIMITED", 429, string.Create(CultureInfo.InvariantCulture, $"Too many wrong codes. Please wait {minutes} minute{(minutes == 1 ? "" : "s")}."));
    }

    private async Task<bool> TakeStep(Guid account, string code, CancellationToken cancel)
    {
        var row = await db.Authenticators.AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account && db.Accounts.Any(owner => owner.Id == account && owner.TwoFactorEnabled), cancel);
        if (row is null || Totp.StepOf(secrets.Open(row), code, time.GetUtcNow()) is not { } step) return false;
        // The step moves on only: the same code again, or an older one, finds it gone.
        return await db.Authenticators.Where(other => other.AccountId == account && other.SealedSecret == row.SealedSecret && other.LastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(other => other.LastStep, step), cancel) == 1;
    }

    private async Task<bool> TakeRecoveryCode(Guid account, byte[] hash, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var taken = await db.RecoveryCodes.Where(row => row.AccountId == account && row.Hash == hash && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, time.GetUtcNow()), cancel);
        if (taken == 0) return false;
        var owner = await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel);
        if (!owner.TwoFactorEnabled) return false;
        var left = await db.RecoveryCodes.CountAsync(row => row.AccountId == account && row.UsedAt == null, cancel);
        db.Add(seal.Job(letters.RecoveryCodeUsed(owner, left)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return true;
    }

    [GeneratedRegex(@"[\s-]")]
    private static partial Regex Gaps();
}
