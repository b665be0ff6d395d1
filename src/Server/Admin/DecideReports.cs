using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Rpd.Server.Audit;
using Rpd.Server.Generations;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Shared;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Admin;

/// <summary>Decides about a reported work: hides it from everybody but its owner, who is told why, or finds nothing wrong with it. Either closes its reports.</summary>
public sealed class DecideReports(AppDb db, RecordAudit audit, LiveFeed live, TimeProvider time)
{
    /// <param name="strike">Counts against the author; only where something is hidden.</param>
    public async Task<Outcome<Guid>> Run(Actor by, Guid work, bool hide, bool strike, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = (await db.Generations.FromSql($"select * from generations where id = {work} for update").AsNoTracking().ToListAsync(cancel)).SingleOrDefault();
        if (row is null) return Refusal.NotFound("The work");
        if (hide && row.HiddenAt is not null) return Refusal.Conflict("It is hidden already.");
        var decision = new ModerationDecision
        {
            Id = Guid.CreateVersion7(now),
            GenerationId = work,
            AccountId = row.AccountId,
            Decision = hide ? ModerationDecision.Hide : ModerationDecision.Dismiss,
            Reason = reason,
            Strike = hide && strike,
            DecidedAt = now,
        };
        var reports = await db.Database.ExecuteSqlAsync(
            $"update reports set status = {(hide ? "upheld" : "dismissed")}, decision_id = {decision.Id} where generation_id = {work} and status = 'open'", cancel);
        if (!hide && reports == 0) return Refusal.Conflict("There is no open report of it any more.");
        if (hide)
        {
            await db.Database.ExecuteSqlAsync($"update generations set hidden_at = {now}, version = version + 1 where id = {work}", cancel);
            await db.Database.ExecuteSqlAsync($"update publications set hidden = true, listed = false where generation_id = {work}", cancel);
            await Notify.Write((NpgsqlTransaction)transaction.GetDbTransaction(), new(row.AccountId, NotificationKinds.WorkHidden, $"hidden:{work}", $"A work of yours was hidden: {reason}", $"/library/{work}"), now, cancel);
        }
        db.Add(decision);
        await audit.Add(by, hide ? "work.hide" : "work.dismiss", work.ToString(), RecordAudit.Json(new { row.Visibility, hidden = false, openReports = reports }),
            RecordAudit.Json(new { hidden = hide, decision.Strike, account = row.AccountId, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (hide) live.GalleryChanged();
        if (hide) live.TellCount(Notify.Unread, row.AccountId);
        return decision.Id;
    }
}
