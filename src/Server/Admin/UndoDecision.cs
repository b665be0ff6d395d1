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

/// <summary>Takes a decision back: what was hidden is seen again as before, and its strike counts no more; what was dismissed comes before the moderators again.</summary>
public sealed class UndoDecision(AppDb db, RecordAudit audit, LiveFeed live, TimeProvider time)
{
    public async Task<Outcome<Guid>> Run(Actor by, Guid id, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var decision = (await db.ModerationDecisions.FromSql($"select * from moderation_decisions where id = {id} for update").ToListAsync(cancel)).SingleOrDefault();
        if (decision is null) return Refusal.NotFound("The decision");
        if (decision.UndoneAt is not null) return Refusal.Conflict("It has been taken back already.");
        decision.UndoneAt = now;
        if (decision.Decision == ModerationDecision.Hide)
        {
            await db.Database.ExecuteSqlAsync($"update generations set hidden_at = null, version = version + 1 where id = {decision.GenerationId}", cancel);
            await db.Database.ExecuteSqlAsync(
                $"update publications p set hidden = false, listed = g.visibility = 'public' from generations g where g.id = p.generation_id and p.generation_id = {decision.GenerationId}", cancel);
            await Notify.Write((NpgsqlTransaction)transaction.GetDbTransaction(), new(decision.AccountId, NotificationKinds.WorkHidden, $"restored:{decision.GenerationId}", "A work of yours that was hidden can be seen again.",
                $"/library/{decision.GenerationId}"), now, cancel);
        }
        else
        {
            // Somebody may have reported it once more since: that report says the same.
            await db.Database.ExecuteSqlAsync($"""
                update reports r set status = 'open', decision_id = null where r.decision_id = {id}
                  and not exists (select 1 from reports o where o.generation_id = r.generation_id and o.account_id = r.account_id and o.status = 'open')
                """, cancel);
        }
        await audit.Add(by, "work.undo", decision.GenerationId.ToString(), RecordAudit.Json(new { decision.Decision, decision.Reason, decision.Strike }), RecordAudit.Json(new { undone = true, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        live.GalleryChanged();
        live.TellCount(Notify.Unread, decision.AccountId);
        return decision.GenerationId;
    }
}
