using Microsoft.EntityFrameworkCore;
using Rpd.Server.Announcements;
using Rpd.Server.Audit;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>Takes an announcement off the pages.</summary>
public sealed class EndAnnouncement(AppDb db, RecordAudit audit, AnnouncementBoard board, TimeProvider time)
{
    /// <returns>Null when it is shown no more.</returns>
    public async Task<Refusal?> Run(Actor by, Guid id, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var told = await db.Announcements.SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (told is null) return Refusal.NotFound("The announcement");
        if (told.UntilAt <= now) return Refusal.Conflict("It is over already.");
        await audit.Add(by, "announcement.end", id.ToString(), RecordAudit.Json(new { told.Text, until = told.UntilAt }), RecordAudit.Json(new { until = now, reason }), cancel);
        told.UntilAt = now;
        await db.SaveChangesAsync(cancel);
        await board.Renew(cancel);
        return null;
    }
}
