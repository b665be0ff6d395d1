using System.Net;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>Sets a new password for whoever holds a fresh link. Every session, trusted browser and passkey ends, and a rest after wrong guesses ends with them.</summary>
public sealed class ResetPassword(
    AppDb db, Passwords passwords, MailedTokens tokens, WelcomeAccount welcome, AccountLetters letters, LetterSeal seal, Sessions sessions, JobBell bell, TimeProvider time)
{
    private static readonly Refusal Stale = Refusal.Invalid("", "This link has been used or is too old. Ask for a new one.");

    public async Task<Outcome<Guid>> Run(string? account, string? token, string? password, IPAddress? address, CancellationToken cancel)
    {
        if (!Guid.TryParse(account, out var id) || await db.Accounts.SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } owner) return Stale;
        if (!tokens.Fits(MailedTokens.Reset, owner, token)) return Stale;
        if (PasswordRule.Wrong(password, owner.Email) is { } weak) return Refusal.Invalid("password", weak);
        owner.PasswordHash = await passwords.Hash(password!, cancel);
        owner.SecurityStamp = NewAccount.NewStamp();
        owner.ConcurrencyStamp = NewAccount.NewStamp();
        owner.AccessFailedCount = 0;
        owner.LockoutEnd = null;
        db.Add(seal.Job(letters.PasswordChanged(owner)));
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.SaveChangesAsync(cancel);
            await db.Sessions.Where(session => session.AccountId == id && session.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, time.GetUtcNow()), cancel);
            // Whoever knew the old password may have had a browser trusted.
            await db.TrustedBrowsers.Where(browser => browser.AccountId == id).ExecuteDeleteAsync(cancel);
            // Or have added a passkey, or begun with an authenticator: a new password is what every letter advises against that.
            await db.Passkeys.Where(passkey => passkey.AccountId == id).ExecuteDeleteAsync(cancel);
            if (!owner.TwoFactorEnabled) await db.Authenticators.Where(authenticator => authenticator.AccountId == id).ExecuteDeleteAsync(cancel);
            // The link went to the mailbox, so it proves the address as well as a confirmation does.
            if (!owner.EmailConfirmed) await welcome.Run(owner, address, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The same link, or a sign-in, at the same instant: the first one counted.
            return Stale;
        }
        sessions.ForgetAll();
        bell.Ring(Lanes.Quick);
        return id;
    }
}
