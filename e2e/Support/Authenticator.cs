using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Rpd.E2E.Support;

/// <summary>The app on somebody's phone.</summary>
public static class Authenticator
{
    /// <summary>Reads what the page shows for typing in: base 32 in groups.</summary>
    public static byte[] Secret(string shown)
    {
        var bits = string.Concat(shown.Replace(" ", "", StringComparison.Ordinal).Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    /// <param name="stepsAhead">1 for the code after this one, as each is taken once.</param>
    public static string Code(byte[] secret, int stepsAhead = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + stepsAhead);
#pragma warning disable CA5350 // What authenticator apps do.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
