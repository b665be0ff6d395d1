using System.Globalization;
using System.Security.Claims;

namespace Rpd.Server.Accounts;

/// <summary>What the session cookie carries: the session and its account. Everything else is read from the rows at each request.</summary>
public static class SignedIn
{
    public const string Scheme = "Session";

    private const string SessionClaim = "sid", AccountClaim = "sub", RoleClaim = "role";

    public static ClaimsPrincipal Principal(Guid session, Guid account, string role) => new(new ClaimsIdentity(
        [
            new(SessionClaim, session.ToString()), new(AccountClaim, account.ToString()), new(RoleClaim, role),
        ],
        Scheme, AccountClaim, RoleClaim));

    public static Guid? SessionId(this ClaimsPrincipal? person) => Id(person, SessionClaim);

    /// <summary>Null for visitors without a session.</summary>
    public static Guid? AccountId(this ClaimsPrincipal? person) => Id(person, AccountClaim);

    public static bool IsAdmin(this ClaimsPrincipal? person) => person?.IsInRole(Account.Admin) == true;

    private static Guid? Id(ClaimsPrincipal? person, string claim) =>
        Guid.TryParse(person?.FindFirstValue(claim), CultureInfo.InvariantCulture, out var id) ? id : null;
}
