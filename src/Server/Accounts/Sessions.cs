using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Database;

namespace Rpd.Server.Accounts;

/// <summary>
/// Whether a session is still good: its row, and its account, as they were a second ago at most. So a revoked session and a suspended account
/// end within that second on every node.
/// </summary>
public sealed class Sessions
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider time;
    private readonly RecentRows<Guid, Live> live;

    public Sessions(IServiceScopeFactory scopes, TimeProvider time) => (this.scopes, this.time, live) = (scopes, time, new(time, Read));

    public void Forget(Guid session) => live.Forget(session);

    public void ForgetAll() => live.ForgetAll();

    /// <summary>Called for every request that carries the cookie.</summary>
    public async Task Check(CookieValidatePrincipalContext context)
    {
        if (context.Principal.SessionId() is { } session && await live.Get(session, context.HttpContext.RequestAborted) is { } found
            && found.Account == context.Principal.AccountId())
        {
            context.ReplacePrincipal(SignedIn.Principal(session, found.Account, found.Role, found.SecondFactorAt));
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SignedIn.Scheme);
    }

    /// <summary>Those of the sessions that have not ended.</summary>
    public async Task<HashSet<Guid>> StillGood(Guid[] ids, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        return await (
            from row in db.Sessions
            where ids.Contains(row.Id) && row.RevokedAt == null
            join account in db.Accounts on row.AccountId equals account.Id
            where account.Status == Account.Active
            select row.Id).ToHashSetAsync(cancel);
    }

    private async Task<Live?> Read(Guid session, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var now = time.GetUtcNow();
        var found = await (
            from row in db.Sessions
            where row.Id == session && row.RevokedAt == null && row.LastSeenAt > now - Life
            join account in db.Accounts on row.AccountId equals account.Id
            where account.Status == Account.Active
            select new { row.LastSeenAt, Live = new Live(account.Id, account.Role, row.SecondFactorAt) }).SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        if (found.LastSeenAt <= now - SeenEvery)
        {
            await db.Sessions.Where(row => row.Id == session && row.LastSeenAt <= now - SeenEvery)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), cancel);
        }
        return found.Live;
    }

    private sealed record Live(Guid Account, string Role, DateTimeOffset? SecondFactorAt);
}
