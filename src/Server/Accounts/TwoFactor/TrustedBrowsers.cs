using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>"Trust this browser for 30 days": the cookie proves that a code was typed here, so that the password is enough for a while.</summary>
public sealed class TrustedBrowsers(AppDb db, PublicAddress address, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    public async Task Trust(HttpContext http, Guid account, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        db.Add(new TrustedBrowser { Hash = Hash(token), AccountId = account, CreatedAt = now, ExpiresAt = now + Life });
        await db.SaveChangesAsync(cancel);
        http.Response.Cookies.Append(CookieName(account), token,
            new() { HttpOnly = true, Secure = address.Secure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = Life, IsEssential = true });
    }

    /// <returns>When a code was typed in this browser; null when it is not trusted.</returns>
    public async Task<DateTimeOffset?> Since(HttpContext http, Guid account, CancellationToken cancel)
    {
        if (http.Request.Cookies[CookieName(account)] is not { Length: 64 } token) return null;
        var (hash, now) = (Hash(token), time.GetUtcNow());
        var found = await db.TrustedBrowsers.Where(row => row.Hash == hash && row.AccountId == account && row.ExpiresAt > now)
            .Select(row => (DateTimeOffset?)row.CreatedAt).SingleOrDefaultAsync(cancel);
        return found;
    }

    public Task<int> Count(Guid account, CancellationToken cancel) =>
        db.TrustedBrowsers.CountAsync(row => row.AccountId == account && row.ExpiresAt > time.GetUtcNow(), cancel);

    public Task ForgetAll(Guid account, CancellationToken cancel) => db.TrustedBrowsers.Where(row => row.AccountId == account).ExecuteDeleteAsync(cancel);

    /// <summary>One for each account, as two people may share a browser.</summary>
    private string CookieName(Guid account) => address.CookieName("rpd-trust-" + Convert.ToHexStringLower(SHA256.HashData(account.ToByteArray()))[..12]);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));
}

/// <summary>A recurring duty: trust and challenges that have lapsed.</summary>
public sealed class ForgetProofs(AppDb db, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return await db.TrustedBrowsers.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancel)
            + await db.SpentChallenges.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancel);
    }
}
