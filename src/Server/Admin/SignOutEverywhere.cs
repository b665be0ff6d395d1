using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>"Sign out everywhere", by an administrator: for somebody whose device or password is in other hands.</summary>
public sealed class SignOutEverywhere(AppDb db, EndEverySession end, RecordAudit audit)
{
    public async Task<Outcome<int>> Run(Actor by, Guid account, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await db.Accounts.AnyAsync(row => row.Id == account, cancel)) return Refusal.NotFound("The account");
        var ended = await end.Run(account, cancel);
        await audit.Add(by, "account.sign-out", account.ToString(), RecordAudit.Json(new { sessions = ended }), RecordAudit.Json(new { sessions = 0, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        end.Forget();
        return ended;
    }
}
