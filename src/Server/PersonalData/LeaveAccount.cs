using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Billing;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Mail;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Ui;

namespace Rpd.Server.PersonalData;

/// <summary>
/// Somebody gives their account up. From then on it is <c>leaving</c>: signed out everywhere, its keys and works closed by everything that asks for active
/// accounts. <see cref="DeleteAccount"/> comes when the time is over.
/// </summary>
public sealed class LeaveAccount(AppDb db, CheckPassword check, Sessions sessions, AccountLetters letters, LetterSeal seal, JobBell bell, LiveFeed live, AccountOptions options, TimeProvider time)
{
    /// <returns>Until when it may be taken back.</returns>
    public async Task<Outcome<DateTimeOffset>> Run(Guid account, LeaveForm form, CancellationToken cancel)
    {
        var checkedPassword = await check.Run(account, form.Password, cancel);
        var wrong = checkedPassword.Declined ? checkedPassword.Refusal.Details!.ToList() : [];
        var owner = checkedPassword.Value ?? await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel);
        if ((form.Handle ?? "").Trim().TrimStart('@') != owner.Handle) wrong.Add(new("handle", $"Type your handle, {owner.Handle}."));
        if (wrong.Count > 0) return Refusal.Invalid(wrong);

        var now = time.GetUtcNow();
        var until = now.AddDays(options.DeletionDays);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (owner.Role == Account.Admin)
        {
            // Two last ones must not leave at the same moment.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('last-admin', 0))", cancel);
            if (!await db.Accounts.AnyAsync(row => row.Role == Account.Admin && row.Status == Account.Active && row.Id != account, cancel))
                return Refusal.Invalid("", "You are the only administrator. Make somebody else one first.");
        }
        var left = await db.Accounts.Where(row => row.Id == account && row.Status == Account.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, Account.Leaving).SetProperty(row => row.DeleteAfter, until), cancel);
        if (left == 1)
        {
            owner.DeleteAfter = until;
            await db.Sessions.Where(row => row.AccountId == account && row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancel);
            db.Add(seal.Job(letters.Leaving(owner, Words.Day(until))));
            db.Add(EndPlan.Job(account, now));
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        sessions.ForgetAll();
        live.GalleryChanged();
        bell.Ring(Lanes.Quick);
        return until;
    }
}
