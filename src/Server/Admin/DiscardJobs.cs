using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>Takes jobs away for good. A generation whose job is gone is failed, and given back, at its deadline.</summary>
public sealed class DiscardJobs(AppDb db, RecordAudit audit)
{
    /// <returns>How many there were.</returns>
    public async Task<Outcome<int>> Run(Actor by, JobPick which, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var gone = await db.Database.SqlQueryRaw<string>($"""
            delete from jobs j using ({JobPick.Sql}) picked where j.id = picked.id returning json_build_object('id', j.id, 'kind', j.kind, 'attempts', j.attempts, 'error', left(j.last_error, 500))::text as "Value"
            """, which.Values).ToListAsync(cancel);
        if (gone.Count == 0) return Refusal.Conflict("There is no such job any more, or it runs.");
        await audit.Add(by, "queue.discard", which.Target, $"[{string.Join(',', gone.Take(20))}]", RecordAudit.Json(new { reason, jobs = gone.Count }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return gone.Count;
    }
}
