using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Rpd.Server.ApiKeys.External;

/// <summary>A JSON Web Token taken apart. Nothing in it is to be believed before its signature was checked.</summary>
/// <param name="SigningInput">What was signed: header and payload as sent.</param>
public sealed record SessionToken(string Algorithm, string? KeyId, JsonElement Claims, byte[] SigningInput, byte[] Signature)
{
    public const int LengthMax = 8192;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    /// <summary>Begins as every JSON header does in base64url.</summary>
    public static bool LooksLikeOne(string text) => text.StartsWith("eyJ", StringComparison.Ordinal);

    /// <summary>Null when it is none, or one that asks for what we do not understand.</summary>
    public static SessionToken? Read(string text)
    {
        if (text.Length > LengthMax || text.Split('.') is not [var head, var body, var sign]) return null;
        if (Decode(head) is not { } header || Decode(body) is not { } payload || Decode(sign) is not { Length: > 0 } signature) return null;
        if (Json(header) is not { } first || Json(payload) is not { } claims) return null;
        if (first.TryGetProperty("crit", out _) || Text(first, "alg") is not { } algorithm) return null;
        // A logout or event token is signed by the same key and says nothing of a session.
        if (first.TryGetProperty("typ", out _) && !(Text(first, "typ")?.ToLowerInvariant() is "jwt" or "at+jwt" or "application/at+jwt")) return null;
        var keyId = Text(first, "kid");
        return first.TryGetProperty("kid", out _) && keyId is null ? null : new(algorithm, keyId, claims, Encoding.ASCII.GetBytes($"{head}.{body}"), signature);
    }

    public string? Claim(string name) => Text(Claims, name);

    /// <summary>Seconds since 1970; null when there is none or it is no number.</summary>
    public double? Instant(string name) => Claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public bool Has(string name) => Claims.TryGetProperty(name, out _);

    public bool IsFor(IReadOnlyList<string> audiences) => Claims.TryGetProperty("aud", out var aud) && aud.ValueKind switch
    {
        JsonValueKind.String => audiences.Contains(aud.GetString()),
        JsonValueKind.Array => aud.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && audiences.Contains(one.GetString())),
        _ => false,
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Decode(string part)
    {
        // The alphabet of web addresses without padding, and nothing else: one token has one spelling.
        if (part.Length == 0 || part.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")) return null;
        return Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
    }

    private static JsonElement? Json(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Shallow);
            // Raw text that is no Unicode would stop a later reader.
            return document.RootElement.ValueKind == JsonValueKind.Object && System.Text.Unicode.Utf8.IsValid(bytes) && bytes.AsSpan().IndexOf("\\ud"u8) < 0 && bytes.AsSpan().IndexOf("\\uD"u8) < 0
                ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
