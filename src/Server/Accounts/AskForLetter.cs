using System.Net;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>
/// "Send the confirmation again" and "I forgot my password". The account is looked for by a job, later: here nothing depends on whether there is one,
/// neither the answer nor the time it takes.
/// </summary>
public sealed class AskForLetter(AppDb db, LetterLimits limits, JobBell bell, TimeProvider time)
{
    /// <param name="purpose"><see cref="MailedTokens.Confirm"/> or <see cref="MailedTokens.Reset"/>.</param>
    public async Task<Outcome<string>> Run(string purpose, string? email, IPAddress? address, CancellationToken cancel)
    {
        if (EmailAddress.Parse(email) is not { } mailbox)
            return Refusal.Invalid("email", string.IsNullOrWhiteSpace(email) ? "Enter your e-mail address." : "This is not an e-mail address.");
        if (limits.Network(address) is { } busy) return busy;
        if (!limits.MayWriteTo(mailbox)) return mailbox;
        db.Add(Job.New(SendMailedLink.Kind, Lanes.Quick, new SendMailedLink.Wanted(purpose, mailbox), time.GetUtcNow()));
        await db.SaveChangesAsync(cancel);
        bell.Ring(Lanes.Quick);
        return mailbox;
    }
}

/// <summary>The job <c>account.link</c>: makes the link and sends it, if there is somebody to send it to.</summary>
public sealed class SendMailedLink(AppDb db, AccountLetters letters, IMail mail) : IJob
{
    public const string Kind = "account.link";

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        var wanted = job.Read<Wanted>();
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == EmailAddress.Normalized(wanted.Email), cancel);
        if (account is null || account.Status == Account.Deleted) return JobResult.Done;
        if (wanted.Purpose == MailedTokens.Reset) await mail.Send(letters.Reset(account), cancel);
        else if (!account.EmailConfirmed) await mail.Send(letters.Confirm(account), cancel);
        return JobResult.Done;
    }

    internal sealed record Wanted(string Purpose, string Email);
}
