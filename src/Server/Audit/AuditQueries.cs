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
    public async Task<Page<AuditView>> Page(AuditFilter filter, Guid? before, int limit, CancellationToken cancel)
    {
        var entries = db.AuditEntries.AsNoTracking().Where(row => before == null || row.Id < before);
        if (filter.Actor is { } actor) entries = entries.Where(row => row.AccountId == actor);
        if (filter.Target is { Length: > 0 } target) entries = entries.Where(row => row.Target == target);
        if (filter.Action is { Length: > 0 } action) entries = entries.Where(row => row.Action.StartsWith(action));
        var rows = await entries.OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new AuditView(row.Id, row.At, row.Actor, row.Action, row.Target, row.Before, row.After, row.Address)).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? cursors.Write(ListName, rows[^1].Id.ToString()) : null);
    }
}
