using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Live;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>Takes a suspension back. Its owner signs in again; keys and works are as they were.</summary>
public sealed class LiftSuspension(AppDb db, RecordAudit audit, LiveFeed live)
{
    public async Task<Outcome<string>> Run(Actor by, Guid account, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Accounts.Where(row => row.Id == account && row.Status == Account.Suspended).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, Account.Active), cancel) == 0)
            return Refusal.Conflict("This account is not suspended.");
        await audit.Add(by, "account.lift", account.ToString(), RecordAudit.Json(new { status = Account.Suspended }), RecordAudit.Json(new { status = Account.Active, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        live.GalleryChanged();
        return Account.Active;
    }
}
