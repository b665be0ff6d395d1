using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Somebody whose password was right and whose code has not come yet. There is no session, only this cookie; a new password makes it worthless.</summary>
public sealed class PendingSignIn(AppDb db, SealedCookies cookies)
{
    private const string Name = "second-step";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public void Begin(HttpContext http, Account account, bool remember) => cookies.Give(http, Name, $"{account.Id} {account.SecurityStamp} {remember}", Life);

    /// <returns>Null when nobody is waiting here.</returns>
    public async Task<(Account Account, bool Remember)?> Read(HttpContext http, CancellationToken cancel)
    {
        if (cookies.Read(http, Name)?.Split(' ') is not [var id, var stamp, var remember]) return null;
        var account = Guid.Parse(id);
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == account && row.SecurityStamp == stamp && row.Status == Account.Active, cancel) is { } found
            ? (found, bool.Parse(remember)) : null;
    }

    public void End(HttpContext http) => cookies.Drop(http, Name);
}
