using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Server.Plans;
using Rpd.Server.Switches;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Server.Accounts;

/// <summary>
/// Opens an account that waits for its address to be confirmed. Whoever asks learns nothing about others: with an address that has an account
/// the answer, the work and the time are the same, and only the owner's letter differs.
/// </summary>
public sealed class SignUp(
    AppDb db, NewAccount newAccount, Passwords passwords, AccountLetters letters, LetterSeal seal, LetterLimits limits, FindReferrer referrers, JobBell bell, SwitchBoard switches,
    IOptions<AccountOptions> options, TimeProvider time)
{
    /// <param name="by">The handle of whose link they came by, if they did.</param>
    /// <returns>The address as it was understood.</returns>
    public async Task<Outcome<string>> Run(string? email, string? password, string? by, IPAddress? address, CancellationToken cancel)
    {
        if (options.Value.SignUp != SignUpModes.Open) return Refusal.Forbidden("Sign-up is closed on this server.");
        if (switches.Refuse(Switch.SignUp) is { } off) return off;
        if (Wrong(email, password) is { } wrong) return wrong;
        var mailbox = EmailAddress.Parse(email)!;
        if (limits.Network(address) is { } busy) return busy;
        var mayWrite = limits.MayWriteTo(mailbox);
        var referrer = await referrers.Run(by, mailbox, cancel);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var existing = await db.Accounts.SingleOrDefaultAsync(account => account.NormalizedEmail == EmailAddress.Normalized(mailbox), cancel);
                var letter = existing is null ? letters.Confirm(await Begin(mailbox, password!, referrer, Network.Of(address), cancel)) : await Again(existing, password!, cancel);
                if (mayWrite) db.Add(seal.Job(letter));
                await db.SaveChangesAsync(cancel);
                bell.Ring(Lanes.Quick);
                return mailbox;
            }
            catch (DbUpdateException e) when (attempt < 5 && (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }))
            {
                // Somebody signed up with this address, or took this handle, in the same instant.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<Account> Begin(string mailbox, string password, (Guid Account, string Mailbox)? by, string network, CancellationToken cancel)
    {
        var account = await newAccount.Add(mailbox, password, PlanList.Free, Account.User, confirmed: false, cancel);
        if (by is var (referrer, own)) db.Add(new Referral { AccountId = account.Id, ReferrerId = referrer, Mailbox = own, Network = network, JoinedAt = time.GetUtcNow() });
        return account;
    }

    /// <summary>
    /// An account that nobody has confirmed belongs to nobody yet. When a second sign-up brings another password, one of the two may be a stranger's, who
    /// waits for the owner to confirm a password that the stranger knows. Which one cannot be told, so neither is kept: links from before die, and the
    /// letter lets whoever has the mailbox choose a password. The same password again is the same person, who gets the letter again.
    /// </summary>
    private async Task<Letter> Again(Account existing, string password, CancellationToken cancel)
    {
        // Always, as it takes what the hash of a new account takes.
        var verdict = await passwords.Verify(existing.PasswordHash, password, cancel);
        if (existing.EmailConfirmed) return letters.AlreadyHere(existing);
        if (existing.PasswordHash is not null && verdict == PasswordVerificationResult.Failed)
        {
            existing.PasswordHash = null;
            existing.SecurityStamp = NewAccount.NewStamp();
            existing.ConcurrencyStamp = NewAccount.NewStamp();
        }
        return letters.Confirm(existing);
    }

    internal static Refusal? Wrong(string? email, string? password)
    {
        var wrong = new List<FieldError>();
        if (EmailAddress.Parse(email) is null) wrong.Add(new("email", string.IsNullOrWhiteSpace(email) ? "Enter your e-mail address." : "This is not an e-mail address."));
        if (PasswordRule.Wrong(password, email) is { } weak) wrong.Add(new("password", weak));
        return wrong.Count == 0 ? null : Refusal.Invalid(wrong);
    }
}
