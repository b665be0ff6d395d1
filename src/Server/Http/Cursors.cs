using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Rpd.Server.Storage;

namespace Rpd.Server.Http;

/// <summary>Opaque, signed positions in a list. A cursor of one list means nothing in another.</summary>
public sealed class Cursors(InstallationSecret secret)
{
    private const int MacBytes = 9;

    public string Write(string list, string position)
    {
        var text = Encoding.UTF8.GetBytes(position);
        return Base64Url.EncodeToString([.. Mac(list, text), .. text]);
    }

    /// <returns>The position; null when the cursor is not one of ours.</returns>
    public string? Read(string list, string cursor)
    {
        if (cursor.Length > 400 || !Base64Url.IsValid(cursor)) return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= MacBytes) return null;
        var text = bytes.AsSpan(MacBytes);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, MacBytes), Mac(list, text)) ? Encoding.UTF8.GetString(text) : null;
    }

    private ReadOnlySpan<byte> Mac(string list, ReadOnlySpan<byte> text) =>
        HMACSHA256.HashData(secret.For("cursor:" + list), text).AsSpan(0, MacBytes);
}
