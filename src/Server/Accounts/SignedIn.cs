using System.Globalization;
using System.Security.Claims;

namespace Rpd.Server.Accounts;

/// <summary>What the session cookie carries: the session and its account. Everything else is read from the rows at each request.</summary>
public static class SignedIn
{
    public const string Scheme = "Session";

    private const string SessionClaim = "sid", AccountClaim = "sub", RoleClaim = "role", SecondFactorClaim = "2fa";

    public static ClaimsPrincipal Principal(Guid session, Guid account, string role, DateTimeOffset? secondFactorAt = null) => new(new ClaimsIdentity(
        [
            new(SessionClaim, session.ToString()), new(AccountClaim, account.ToString()), new(RoleClaim, role),
            .. secondFactorAt is { } at ? [new Claim(SecondFactorClaim, at.UtcTicks.ToString(CultureInfo.InvariantCulture))] : Array.Empty<Claim>(),
        ],
        Scheme, AccountClaim, RoleClaim));

    public static Guid? SessionId(this ClaimsPrincipal? person) => Id(person, SessionClaim);

    /// <summary>Null for visitors without a session.</summary>
    public static Guid? AccountId(this ClaimsPrincipal? person) => Id(person, AccountClaim);

    public static bool IsAdmin(this ClaimsPrincipal? person) => person?.IsInRole(Account.Admin) == true;

    /// <summary>When a code or a passkey was last shown in this session; null when a password alone opened it. As old as the session's row, not as the cookie.</summary>
    public static DateTimeOffset? SecondFactorAt(this ClaimsPrincipal? person) =>
        long.TryParse(person?.FindFirstValue(SecondFactorClaim), CultureInfo.InvariantCulture, out var ticks) ? new(ticks, TimeSpan.Zero) : null;

    private static Guid? Id(ClaimsPrincipal? person, string claim) =>
        Guid.TryParse(person?.FindFirstValue(claim), CultureInfo.InvariantCulture, out var id) ? id : null;
}
