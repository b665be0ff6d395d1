using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rpd.Shared;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Before a protection is taken away, whoever sits here shows the password or a code: an open browser alone is not enough.</summary>
public sealed class ProveAgain(AppDb db, Passwords passwords, PasswordTries tries, VerifySecondFactor second)
{
    public const string Field = "proof";

    private static readonly Refusal Wrong = Refusal.Invalid(Field, "That is neither your password nor a code that works now.");

    /// <param name="codeOnly">The password alone will not do: it is what a second factor protects against.</param>
    /// <returns>Whether it was a code, which counts as the second factor; false for the password.</returns>
    public async Task<Outcome<bool>> Run(Guid account, string? proof, IPAddress? address, CancellationToken cancel, bool codeOnly = false)
    {
        if (string.IsNullOrWhiteSpace(proof)) return Refusal.Invalid(Field, codeOnly ? "Enter a code of your app, or a recovery code." : "Enter your password, or a code of your app.");
        var looksLikeCode = VerifySecondFactor.IsCode(proof.Replace(" ", "", StringComparison.Ordinal)) || RecoveryCodes.HashOf(proof) is not null;
        if (looksLikeCode)
        {
            var verified = await second.Run(account, proof, address, cancel);
            if (!verified.Declined) return true;
            if (verified.Refusal.Status == StatusCodes.Status429TooManyRequests) return verified.Refusal;
        }
        if (codeOnly) return Refusal.Invalid(Field, "That is no code that works now. Type the six digits that your app shows, or a recovery code.");
        var owner = await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel);
        if (proof.Length > PasswordRule.LengthMax || !await tries.Take(owner.NormalizedEmail!, cancel)) return Wrong;
        if (await passwords.Verify(owner.PasswordHash, proof, cancel) == PasswordVerificationResult.Failed) return Wrong;
        await tries.Forget(account, cancel);
        return false;
    }
}

/// <summary>Whether whoever sits here has shown lately who they are. Older sessions show it again before they may change what protects the account.</summary>
public sealed class FreshSessions(AppDb db, Sessions sessions, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public Task<bool> Fresh(Guid session, CancellationToken cancel)
    {
        var oldest = time.GetUtcNow() - Life;
        return db.Sessions.AnyAsync(row => row.Id == session && (row.CreatedAt > oldest || row.ProvedAt > oldest || row.SecondFactorAt > oldest), cancel);
    }

    /// <param name="code">A code was shown, not the password alone.</param>
    public async Task Mark(Guid session, bool code, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await db.Sessions.Where(row => row.Id == session).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.ProvedAt, now).SetProperty(row => row.SecondFactorAt, row => code ? now : row.SecondFactorAt), cancel);
        sessions.Forget(session);
    }
}
