using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.Providers.Vendors;

/// <summary>The signature that several vendors share: <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature: v1,…</c> (standardwebhooks.com).</summary>
public static class StandardWebhook
{
    private const string Prefix = "whsec_";
    private static readonly TimeSpan Drift = TimeSpan.FromMinutes(5);

    /// <param name="headers">By lower-case name.</param>
    public static bool Verify(Secret secret, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        if (!headers.TryGetValue("webhook-id", out var id) || !headers.TryGetValue("webhook-timestamp", out var stamp) || !headers.TryGetValue("webhook-signature", out var signatures)
            || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Drift.TotalSeconds) return false;
        var text = secret.Reveal();
        var key = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text, key, out var length)) return false;
        var wanted = HMACSHA256.HashData(key.AsSpan(0, length), [.. Encoding.UTF8.GetBytes($"{id}.{stamp}."), .. body]);
        foreach (var signature in signatures.Split(' '))
        {
            var given = new byte[64];
            if (signature.StartsWith("v1,", StringComparison.Ordinal) && Convert.TryFromBase64String(signature[3..], given, out var size)
                && CryptographicOperations.FixedTimeEquals(given.AsSpan(0, size), wanted)) return true;
        }
        return false;
    }
}
