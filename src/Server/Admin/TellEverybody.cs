using Rpd.Server.Announcements;
using Rpd.Server.Audit;

namespace Rpd.Server.Admin;

/// <summary>Shows a text on every page.</summary>
public sealed class TellEverybody(AppDb db, RecordAudit audit, AnnouncementBoard board, TimeProvider time)
{
    /// <param name="from">Null: now.</param>
    public async Task Run(Actor by, string text, string level, DateTimeOffset? from, DateTimeOffset? until, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var told = new Announcement { Id = Guid.CreateVersion7(now), Text = text, Level = level, FromAt = from ?? now, UntilAt = until, CreatedAt = now };
        db.Add(told);
        await audit.Add(by, "announcement", told.Id.ToString(), null, RecordAudit.Json(new { text, level, from = told.FromAt, until, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await board.Renew(cancel);
    }
}
