using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.Providers.HeyGen;

/// <summary>
/// <c>Heygen-Signature</c> is the lower-case hex of HMAC-SHA256 over the body, its key the endpoint's secret as it is written, <c>whsec_</c> included;
/// <c>Heygen-Timestamp</c> is in unix seconds and not part of what is signed. Older endpoints call the header <c>Signature</c> and send no time.
/// </summary>
internal sealed record HeyGenSignature(string Digest, string? Timestamp)
{
    private static readonly TimeSpan Drift = TimeSpan.FromMinutes(5);

    /// <returns>Null when the call is not signed.</returns>
    public static HeyGenSignature? Of(IReadOnlyDictionary<string, string> headers) =>
        (headers.GetValueOrDefault("heygen-signature") ?? headers.GetValueOrDefault("signature")) is { } digest ? new(digest, headers.GetValueOrDefault("heygen-timestamp")) : null;

    public bool Fits(Secret secret, byte[] body, DateTimeOffset now)
    {
        if (Timestamp is not null && (!long.TryParse(Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Drift.TotalSeconds)) return false;
        var wanted = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), body));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Digest), Encoding.UTF8.GetBytes(wanted));
    }
}
