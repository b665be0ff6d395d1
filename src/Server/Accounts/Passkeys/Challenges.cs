using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Accounts.Passkeys;

/// <summary>A challenge lies sealed in the browser that asked for it, and is answered once: an answer that was seen on its way is worth nothing.</summary>
public sealed class Challenges(AppDb db, SealedCookies cookies, TimeProvider time)
{
    public const string Create = "passkey-new", Get = "passkey";

    // The sign-in page offers passkeys from the moment it is opened.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    public void Give(HttpContext http, string purpose, string state) => cookies.Give(http, purpose, $"{Guid.NewGuid()} {state}", Life);

    /// <returns>Null when there is none, it has lapsed, or it was answered before.</returns>
    public async Task<string?> Take(HttpContext http, string purpose, CancellationToken cancel)
    {
        var parts = cookies.Read(http, purpose)?.Split(' ', 2);
        cookies.Drop(http, purpose);
        if (parts is not [var id, var state]) return null;
        var first = await db.Database.ExecuteSqlAsync(
            $"insert into spent_challenges (id, expires_at) values ({Guid.Parse(id)}, {time.GetUtcNow() + Life}) on conflict do nothing", cancel) == 1;
        return first ? state : null;
    }
}
