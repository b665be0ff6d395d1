using System.Text;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Bytes as people can type them (RFC 4648, without padding).</summary>
public static class Base32
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var octet in bytes)
        {
            (buffer, bits) = (((buffer << 8) | octet) & 0xFFF, bits + 8);
            while (bits >= 5) text.Append(Letters[(buffer >> (bits -= 5)) & 31]);
        }
        if (bits > 0) text.Append(Letters[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>In groups of four, as it is read from one screen and typed into another.</summary>
    public static string Grouped(string text, char between) => string.Join(between, text.Chunk(4).Select(group => new string(group)));
}
