using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>
/// Checks an address and a password. An unknown address, a wrong password and a resting account look and take the same; only somebody who knows
/// the password learns more. An account with <see cref="IdentityUser{TKey}.TwoFactorEnabled"/> is not signed in by this alone:
/// <see cref="TwoFactor.VerifySecondFactor"/> comes next.
/// </summary>
public sealed class SignIn(AppDb db, Passwords passwords, PasswordTries tries, Attempts attempts, IOptions<AccountOptions> options, TimeProvider time)
{
    /// <summary>Its own code, so that the page can offer the letter again.</summary>
    public const string Unconfirmed = "EMAIL_UNCONFIRMED";

    /// <summary>Its own code as well: the page asks whether the account is to be kept.</summary>
    public const string Leaving = "ACCOUNT_LEAVING";

    private static readonly Refusal Wrong = Refusal.Unauthorized(
        "The e-mail address or the password is not right. After several wrong tries an account rests for a few minutes; choosing a new password ends that.");

    public async Task<Outcome<Account>> Run(string? email, string? password, IPAddress? address, CancellationToken cancel)
    {
        var network = Network.Of(address);
        if (attempts.Take("sign-in", network, options.Value.SignInFailuresPerNetwork, TimeSpan.FromMinutes(5)) is { } wait) return LetterLimits.Busy(wait);
        var normalized = EmailAddress.Normalized(EmailAddress.Parse(email) ?? "");
        var mayTry = await tries.Take(normalized, cancel);
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancel);
        var given = password is { Length: > 0 and <= PasswordRule.LengthMax } ? password : "";
        var verdict = await passwords.Verify(account?.PasswordHash, given, cancel);
        if (account is null || !mayTry || verdict == PasswordVerificationResult.Failed || account.Status == Account.Deleted || Gone(account)) return Wrong;
        attempts.GiveBack("sign-in", network);
        await Succeeded(account, given, verdict, cancel);
        if (account.Status == Account.Suspended) return Refusal.Forbidden("This account is suspended.");
        if (account.Status == Account.Leaving) return new Refusal(Leaving, 403, "This account is about to be deleted.");
        if (!account.EmailConfirmed) return new Refusal(Unconfirmed, 403, "Please confirm your e-mail address first: open the link that we have sent you.");
        return account;
    }

    /// <summary>The time to take its deletion back is over, even if nobody has come to delete it yet.</summary>
    private bool Gone(Account account) => account.Status == Account.Leaving && account.DeleteAfter <= time.GetUtcNow();

    private async Task Succeeded(Account account, string password, PasswordVerificationResult verdict, CancellationToken cancel)
    {
        await tries.Forget(account.Id, cancel);
        if (verdict != PasswordVerificationResult.SuccessRehashNeeded) return;
        var renewed = await passwords.Hash(password, cancel);
        // Only over the hash that was checked: a new password set meanwhile stays.
        await db.Accounts.Where(row => row.Id == account.Id && row.PasswordHash == account.PasswordHash)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, renewed), cancel);
    }
}
