using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Live;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>
/// Shuts an account out: nobody signs in to it, its sessions and tokens end, its keys are refused, and others see nothing of it. What already runs is finished.
/// </summary>
public sealed class SuspendAccount(AppDb db, EndEverySession end, RecordAudit audit, LiveFeed live)
{
    public async Task<Outcome<string>> Run(Actor by, Guid account, string reason, CancellationToken cancel)
    {
        if (account == by.AccountId) return Refusal.Conflict("You cannot suspend yourself.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Two administrators who suspend each other at once come here one after the other; the second is none any more.
        var admins = await db.Database.SqlQuery<Guid>($"select id as \"Value\" from accounts where role = 'admin' and status = 'active' order by id for update").ToListAsync(cancel);
        if (!admins.Contains(by.AccountId)) return Refusal.Forbidden("You are no administrator any more.");
        if (admins.Contains(account) && admins.Count == 1) return Refusal.Conflict("This is the last administrator.");
        if (await db.Accounts.Where(row => row.Id == account && row.Status == Account.Active).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, Account.Suspended), cancel) == 0)
            return Refusal.Conflict("This account is not active.");
        var ended = await end.Run(account, cancel);
        await audit.Add(by, "account.suspend", account.ToString(), RecordAudit.Json(new { status = Account.Active }), RecordAudit.Json(new { status = Account.Suspended, sessionsEnded = ended, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        end.Forget();
        live.GalleryChanged();
        return Account.Suspended;
    }
}
