using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.Billing.Stripe;

/// <summary>
/// The header <c>Stripe-Signature</c>: <c>t=…,v1=…</c>, where v1 is the HMAC-SHA256 of <c>t.body</c>. Several v1 stand there while a secret is replaced.
/// Source: docs.stripe.com/webhooks/signature.
/// </summary>
public static class StripeSignature
{
    /// <summary>As Stripe advises. A time to come is as wrong as one that is long past.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool Holds(string? header, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        string? time = null;
        var signatures = new List<byte[]>();
        foreach (var part in (header ?? "").Split(','))
        {
            if (part.Split('=', 2) is not [var name, var value]) continue;
            if (name.Trim() == "t") time ??= value;
            // Other schemes are not ours: whoever could choose one could choose a weak one.
            else if (name.Trim() == "v1" && Hex(value) is { } signature) signatures.Add(signature);
        }
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return false;
        if ((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance) return false;
        byte[] message = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        var holds = false;
        foreach (var secret in secrets)
        {
            var wanted = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message);
            foreach (var signature in signatures) holds |= CryptographicOperations.FixedTimeEquals(wanted, signature);
        }
        return holds;
    }

    private static byte[]? Hex(string text)
    {
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return text.Length == bytes.Length * 2 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }
}
