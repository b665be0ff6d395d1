using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Draws the page of protections in any of its states.</summary>
public sealed class SecurityBoard(AppDb db, TrustedBrowsers trusted, FreshSessions sessions)
{
    public async Task<IResult> Show(HttpContext http, RefusedForm? refused = null, int status = StatusCodes.Status200OK, string? newName = null)
    {
        var (account, cancel) = (http.User.AccountId()!.Value, http.RequestAborted);
        var on = await db.Accounts.Where(row => row.Id == account).Select(row => row.TwoFactorEnabled).SingleAsync(cancel);
        var left = on ? await db.RecoveryCodes.CountAsync(row => row.AccountId == account && row.UsedAt == null, cancel) : 0;
        var passkeys = await db.Passkeys.Where(row => row.AccountId == account).OrderBy(row => row.CreatedAt)
            .Select(row => new PasskeyView(row.Id, row.Name, row.BackedUp, row.CreatedAt, row.LastUsedAt)).ToListAsync(cancel);
        var view = new SecurityView(on, left, on ? await trusted.Count(account, cancel) : 0, passkeys);
        return Pages.Page<SecurityPage>(new SecurityModel(view, newName ?? UsualName(http), await sessions.Fresh(http.User.SessionId()!.Value, cancel), refused), status);
    }

    /// <summary>What a passkey made in this browser is called until its owner calls it otherwise.</summary>
    public static string UsualName(HttpContext http) => Device.InWords(http.Request.Headers.UserAgent.ToString());
}

/// <summary>The authenticator that waits for its first code.</summary>
public sealed class WaitingAuthenticator(AppDb db, AuthenticatorSecrets secrets, TimeProvider time)
{
    /// <summary>After that it has to be begun anew: whoever comes to an open browser later must not find a secret to scan.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <returns>Null when none waits, or two-factor is on.</returns>
    public async Task<(string Secret, string Email)?> Read(Guid account, CancellationToken cancel)
    {
        var oldest = time.GetUtcNow() - Life;
        var found = await (
            from row in db.Authenticators
            where row.AccountId == account && row.CreatedAt > oldest
            join owner in db.Accounts on row.AccountId equals owner.Id
            where !owner.TwoFactorEnabled
            select new { Row = row, owner.Email }).AsNoTracking().SingleOrDefaultAsync(cancel);
        return found is null ? null : (Base32.Of(secrets.Open(found.Row)), found.Email!);
    }
}
