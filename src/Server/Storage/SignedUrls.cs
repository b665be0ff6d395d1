using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.Storage;

/// <summary>
/// Addresses of private files that work for a while: <c>/files/{key}?e={unix seconds}&amp;s={HMAC-SHA256}</c>.
/// Times are rounded up to the next hour, so that the same file keeps one address for a browser's cache.
/// </summary>
public sealed class SignedUrls(InstallationSecret secret, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <returns>A path of this server: pages work under whatever name it is reached by; the API puts <c>PublicUrl</c> before it.</returns>
    public string Of(string key, TimeSpan? life = null)
    {
        var expires = time.GetUtcNow().ToUnixTimeSeconds() + (long)(life ?? Life).TotalSeconds;
        expires = (expires + 3599) / 3600 * 3600;
        return $"/files/{key}?e={expires.ToString(CultureInfo.InvariantCulture)}&s={Sign(key, expires)}";
    }

    /// <summary>Constant time in the signature; false for anything malformed or expired.</summary>
    public bool Valid(string key, string? expires, string? signature)
    {
        if (signature is null || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)) return false;
        var right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(key, until)), Encoding.UTF8.GetBytes(signature));
        return right && until > time.GetUtcNow().ToUnixTimeSeconds();
    }

    private string Sign(string key, long expires)
    {
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(secret.For("files"), Encoding.UTF8.GetBytes($"{key}\n{expires.ToString(CultureInfo.InvariantCulture)}"), mac);
        return Base64Url.EncodeToString(mac[..18]);
    }
}
