using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Rpd.Server.Accounts;

namespace Rpd.Server.Http;

/// <summary>
/// Something for the page after the redirect, and for that one only: sealed, bound to whoever is signed in, in a cookie that scripts cannot read.
/// </summary>
public sealed class Flash(IDataProtectionProvider protection, PublicAddress address, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    public void Give(HttpContext http, string name, string text)
    {
        var sealedText = Protector(http, name).Protect(string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() + Life).UtcTicks} {text}"));
        http.Response.Cookies.Append(CookieName(name), sealedText, Options(Life));
    }

    /// <summary>Null when there is none, or it came too late.</summary>
    public string? Take(HttpContext http, string name)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName(name), out var sealedText)) return null;
        http.Response.Cookies.Delete(CookieName(name), Options(null));
        try
        {
            var parts = Protector(http, name).Unprotect(sealedText).Split(' ', 2);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > time.GetUtcNow().UtcTicks ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            // Somebody else's, or not ours: there is nothing to show.
            return null;
        }
    }

    private IDataProtector Protector(HttpContext http, string name) => protection.CreateProtector("flash", name, http.User.AccountId()?.ToString() ?? "nobody");

    private string CookieName(string name) => address.CookieName("rpd-" + name);

    private CookieOptions Options(TimeSpan? life) =>
        new() { HttpOnly = true, Secure = address.Secure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life, IsEssential = true };
}
