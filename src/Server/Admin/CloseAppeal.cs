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

/// <summary>An appeal was read, and the work stays hidden.</summary>
public sealed class CloseAppeal(AppDb db, RecordAudit audit, LiveFeed live, TimeProvider time)
{
    public async Task<Outcome<Guid>> Run(Actor by, Guid id, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var decision = (await db.ModerationDecisions.FromSql($"select * from moderation_decisions where id = {id} for update").ToListAsync(cancel)).SingleOrDefault();
        if (decision is null) return Refusal.NotFound("The decision");
        if (decision.AppealedAt is null || decision.AppealClosedAt is not null || decision.UndoneAt is not null) return Refusal.Conflict("No appeal waits here.");
        decision.AppealClosedAt = now;
        await Notify.Write((NpgsqlTransaction)transaction.GetDbTransaction(), new(decision.AccountId, NotificationKinds.WorkHidden, $"appeal:{decision.GenerationId}", $"Your appeal was read, and the work stays hidden: {reason}",
            $"/library/{decision.GenerationId}"), now, cancel);
        await audit.Add(by, "work.appeal", decision.GenerationId.ToString(), RecordAudit.Json(new { decision.Appeal }), RecordAudit.Json(new { kept = true, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(Notify.Unread, decision.AccountId);
        return decision.GenerationId;
    }
}
