using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Access;

namespace Rpd.Server.Access;

public sealed class AccessQueries(AppDb db, Cursors cursors)
{
    public const string ListName = "access-requests";

    /// <summary>Those in one state, the newest first.</summary>
    public async Task<Page<AccessRequestView>> Page(string status, Guid? before, int limit, CancellationToken cancel)
    {
        var rows = await db.AccessRequests.AsNoTracking().Where(row => row.Status == status && (before == null || row.Id < before)).OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new AccessRequestView(row.Id, row.Name, row.Email, row.Project, row.Status, row.Reason, row.CreatedAt, row.DecidedAt,
                db.Accounts.Any(account => account.NormalizedEmail == row.NormalizedEmail && account.EmailConfirmed))).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? cursors.Write(ListName, rows[^1].Id.ToString()) : null);
    }
}

/// <summary>A recurring duty: who asked, and who was invited and did not come, is forgotten ninety days later.</summary>
public sealed class ForgetAccess(AppDb db, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        var oldest = time.GetUtcNow().AddDays(-90);
        return await db.AccessRequests.Where(row => row.CreatedAt < oldest).ExecuteDeleteAsync(cancel) + await db.Invites.Where(row => row.ExpiresAt < oldest).ExecuteDeleteAsync(cancel);
    }
}
