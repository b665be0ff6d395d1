using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.Webhooks;

/// <summary>A secret in the two spellings it signs in: the legacy header takes its text, Standard Webhooks the bytes behind <c>whsec_</c>.</summary>
public sealed class SigningKey(string secret)
{
    public byte[] Text { get; } = Encoding.UTF8.GetBytes(secret);

    public byte[] Bytes { get; } = Convert.FromBase64String(secret[WebhookSecrets.Prefix.Length..]);
}

/// <summary>
/// The headers that prove a message. Standard Webhooks (standardwebhooks.com): <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>, with one
/// signature for each secret that is alive. Beside them <c>X-Webhook-Signature</c>, hex HMAC-SHA256 of the body: one signature only, so it stays with
/// the old secret until that ends.
/// </summary>
public static class SignMessage
{
    public static KeyValuePair<string, string>[] Headers(string id, DateTimeOffset at, ReadOnlySpan<byte> body, SigningKey key, SigningKey? old)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var head = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        var signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key.Bytes, signed));
        if (old is not null) signature += " v1," + Convert.ToBase64String(HMACSHA256.HashData(old.Bytes, signed));
        return
        [
            new("webhook-id", id), new("webhook-timestamp", timestamp), new("webhook-signature", signature),
            new("X-Webhook-Signature", Convert.ToHexStringLower(HMACSHA256.HashData((old ?? key).Text, body))),
        ];
    }
}
