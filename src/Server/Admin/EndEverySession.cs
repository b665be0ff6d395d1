using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;

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
