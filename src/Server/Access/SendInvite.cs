using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.Access;

/// <summary>An administrator invites somebody. Whoever has an account is told so instead.</summary>
public sealed class SendInvite(AppDb db, AccountLetters accountLetters, AccessLetters letters, LetterSeal seal, RecordAudit audit, AccountOptions options, JobBell bell, TimeProvider time)
{
    /// <returns>The address as it was understood.</returns>
    public async Task<Outcome<string>> Run(Actor by, string? email, CancellationToken cancel)
    {
        if (EmailAddress.Parse(email) is not { } mailbox) return Refusal.Invalid("email", string.IsNullOrWhiteSpace(email) ? "Enter an e-mail address." : "This is not an e-mail address.");
        await audit.Add(by, "access.invite", mailbox, before: null, after: null, cancel);
        await Add(mailbox, cancel);
        await db.SaveChangesAsync(cancel);
        bell.Ring(Lanes.Quick);
        return mailbox;
    }

    /// <summary>Adds invitation and letter to the context; whoever saves it rings afterwards.</summary>
    internal async Task Add(string email, CancellationToken cancel)
    {
        var normalized = EmailAddress.Normalized(email);
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized && row.EmailConfirmed, cancel) is { } account)
        {
            db.Add(seal.Job(accountLetters.AlreadyHere(account)));
            return;
        }
        var now = time.GetUtcNow();
        var invite = new Invite { Id = Guid.CreateVersion7(now), Email = email, CreatedAt = now, ExpiresAt = now.AddDays(options.InviteDays) };
        db.Add(invite);
        db.Add(seal.Job(letters.Invitation(invite)));
    }
}
