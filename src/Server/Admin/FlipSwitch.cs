using Microsoft.EntityFrameworkCore;
using Rpd.Server.Announcements;
using Rpd.Server.Audit;
using Rpd.Server.Switches;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Server.Admin;

/// <summary>Switches a feature off, or on again: here at once, on other nodes within about a second.</summary>
public sealed class FlipSwitch(AppDb db, RecordAudit audit, SwitchBoard board)
{
    public async Task Run(Actor by, Switch which, bool on, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var fact = SwitchBoard.Fact + which.Name;
        var value = on ? "on" : "off";
        await db.Database.ExecuteSqlAsync($"insert into installation (name, value) values ({fact}, {value}) on conflict (name) do update set value = excluded.value", cancel);
        await audit.Add(by, "switch", which.Name, RecordAudit.Json(new { on = board.On(which) }), RecordAudit.Json(new { on, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await board.Renew(cancel);
    }
}

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
