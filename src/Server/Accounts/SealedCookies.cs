using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Rpd.Server.Http;

namespace Rpd.Server.Accounts;

/// <summary>What a browser carries from one step of a proof to the next: sealed, short-lived, bound to whoever is signed in, closed to scripts.</summary>
public sealed class SealedCookies(IDataProtectionProvider protection, PublicAddress address, TimeProvider time)
{
    public void Give(HttpContext http, string name, string text, TimeSpan life)
    {
        var sealedText = Protector(http, name).Protect(string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() + life).UtcTicks} {text}"));
        http.Response.Cookies.Append(CookieName(name), sealedText, Options(life));
    }

    /// <summary>Null when there is none, or it has lapsed.</summary>
    public string? Read(HttpContext http, string name)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName(name), out var sealedText)) return null;
        try
        {
            var parts = Protector(http, name).Unprotect(sealedText).Split(' ', 2);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > time.GetUtcNow().UtcTicks ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            // Somebody else's, or not ours.
            return null;
        }
    }

    public void Drop(HttpContext http, string name) => http.Response.Cookies.Delete(CookieName(name), Options(null));

    private IDataProtector Protector(HttpContext http, string name) => protection.CreateProtector("proof", name, http.User.AccountId()?.ToString() ?? "nobody");

    private string CookieName(string name) => address.CookieName("rpd-" + name);

    private CookieOptions Options(TimeSpan? life) =>
        new() { HttpOnly = true, Secure = address.Secure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life, IsEssential = true };
}
