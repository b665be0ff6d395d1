using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rpd.Server.Http;
using Rpd.Server.Storage;

namespace Rpd.Server.Files;

/// <summary>
/// Addresses of this server that take one upload: <c>/uploads/{id}?e={unix seconds}&amp;s={HMAC-SHA256}</c>. Type and size stand in the file's row.
/// </summary>
public sealed class UploadAddresses(InstallationSecret secret, PublicAddress address, TimeProvider time)
{
    public const string Path = "/uploads";

    public string Of(Guid file, DateTimeOffset expiresAt)
    {
        var expires = expiresAt.ToUnixTimeSeconds();
        return address.Link($"{Path}/{file}?e={expires.ToString(CultureInfo.InvariantCulture)}&s={Sign(file, expires)}");
    }

    /// <summary>Constant time in the signature; false for anything malformed or expired.</summary>
    public bool Valid(Guid file, string? expires, string? signature)
    {
        if (signature is null || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)) return false;
        var right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(file, until)), Encoding.UTF8.GetBytes(signature));
        return right && until > time.GetUtcNow().ToUnixTimeSeconds();
    }

    private string Sign(Guid file, long expires)
    {
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(secret.For("uploads"), Encoding.UTF8.GetBytes($"{file:N}\n{expires.ToString(CultureInfo.InvariantCulture)}"), mac);
        return Base64Url.EncodeToString(mac[..18]);
    }
}
