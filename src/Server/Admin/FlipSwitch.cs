using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Server.Switches;
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
