using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>Signs a browser in under a new session id, whatever it carried before.</summary>
public sealed class StartSession(AppDb db, EndSession end, TimeProvider time)
{
    private const int UserAgentLengthMax = 400;

    /// <param name="secondFactorAt">When a code or a passkey was shown; null for a password alone.</param>
    public async Task Run(HttpContext http, Account account, bool remember, CancellationToken cancel, DateTimeOffset? secondFactorAt = null)
    {
        if (http.User.SessionId() is { } old && http.User.AccountId() is { } oldOwner) await end.Run(oldOwner, old, cancel);
        var now = time.GetUtcNow();
        var agent = http.Request.Headers.UserAgent.ToString().Replace('\0', ' ');
        var session = new Session
        {
            Id = Guid.NewGuid(),
            AccountId = account.Id,
            UserAgent = Cut.At(agent, UserAgentLengthMax),
            Address = Network.Text(http.Connection.RemoteIpAddress),
            CreatedAt = now,
            LastSeenAt = now,
            SecondFactorAt = secondFactorAt,
        };
        db.Add(session);
        await db.SaveChangesAsync(cancel);
        await http.SignInAsync(SignedIn.Scheme, SignedIn.Principal(session.Id, account.Id, account.Role, secondFactorAt), new AuthenticationProperties { IsPersistent = remember });
    }
}

/// <summary>Ends one session of an account. Ending it twice, or somebody else's, does nothing.</summary>
public sealed class EndSession(AppDb db, Sessions sessions, TimeProvider time)
{
    public async Task Run(Guid account, Guid session, CancellationToken cancel)
    {
        await db.Sessions.Where(row => row.Id == session && row.AccountId == account && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, time.GetUtcNow()), cancel);
        sessions.Forget(session);
    }

    /// <summary>Ends the caller's own, and its cookie.</summary>
    public async Task SignOut(HttpContext http, CancellationToken cancel)
    {
        if (http.User.SessionId() is { } session && http.User.AccountId() is { } account) await Run(account, session, cancel);
        await http.SignOutAsync(SignedIn.Scheme);
    }
}

/// <summary>"Sign out everywhere else."</summary>
public sealed class EndOtherSessions(AppDb db, Sessions sessions, TimeProvider time)
{
    public async Task Run(Guid account, Guid keep, CancellationToken cancel)
    {
        await db.Sessions.Where(row => row.AccountId == account && row.Id != keep && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, time.GetUtcNow()), cancel);
        sessions.ForgetAll();
    }
}

/// <summary>A recurring duty: rows of sessions that ended long ago tell nobody anything.</summary>
public sealed class ForgetSessions(AppDb db, TimeProvider time)
{
    public Task<int> Run(CancellationToken cancel)
    {
        var oldest = time.GetUtcNow() - (2 * Sessions.Life);
        return db.Sessions.Where(row => row.LastSeenAt < oldest).ExecuteDeleteAsync(cancel);
    }
}
