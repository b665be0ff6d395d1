using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Audit;

namespace Rpd.Server.Audit;

public sealed class AuditQueries(AppDb db, Cursors cursors)
{
    public const string ListName = "audit";

    /// <summary>The newest first.</summary>
    /// <param name="before">Only what is older than this entry.</param>
    public async Task<Page<AuditView>> Page(Guid? before, int limit, CancellationToken cancel)
    {
        var rows = await db.AuditEntries.AsNoTracking().Where(row => before == null || row.Id < before).OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new AuditView(row.Id, row.At, row.Actor, row.Action, row.Target, row.Before, row.After, row.Address)).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? cursors.Write(ListName, rows[^1].Id.ToString()) : null);
    }
}
