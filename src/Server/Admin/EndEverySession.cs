using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>Ends all sessions of an account, its user tokens, the links in its letters and the trust in its browsers. A step of the caller's transaction.</summary>
public sealed class EndEverySession(AppDb db, Sessions sessions, TimeProvider time)
{
    /// <returns>How many sessions there were.</returns>
    public async Task<int> Run(Guid account, CancellationToken cancel)
    {
        await db.Accounts.Where(row => row.Id == account).ExecuteUpdateAsync(set => set.SetProperty(row => row.SecurityStamp, NewAccount.NewStamp()), cancel);
        await db.TrustedBrowsers.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancel);
        return await db.Sessions.Where(row => row.AccountId == account && row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, time.GetUtcNow()), cancel);
    }

    /// <summary>After the commit, so that it counts on this node at once.</summary>
    public void Forget() => sessions.ForgetAll();
}

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
