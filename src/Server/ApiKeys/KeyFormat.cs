using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.ApiKeys;

/// <summary>
/// <c>&lt;prefix&gt;_&lt;32 random base62&gt;_&lt;6 base62 of a CRC-32&gt;</c>. The checksum covers all before it, so a mistyped key is told from a wrong one
/// without asking the database, and scanners for leaked keys can be sure of a find.
/// </summary>
public static class KeyFormat
{
    public const string Native = "rpd_sk", Tasks = "rk_live", Test = "rpd_sk_test";

    /// <summary>Not a key: a person's token of an hour, spelled like one.</summary>
    public const string UserToken = "rpd_ut";

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 32, SumLength = 6;

    // The longest first: rpd_sk is also how rpd_sk_test begins.
    private static readonly string[] Prefixes = [Test, Native, Tasks, UserToken];

    public static Secret New(string prefix)
    {
        var body = $"{prefix}_{RandomNumberGenerator.GetString(Base62, RandomLength)}";
        return new($"{body}_{Sum(body)}");
    }

    /// <summary>The prefix of a key that is spelled right; null when it cannot be one of ours.</summary>
    public static string? PrefixOf(string text)
    {
        var sumAt = text.Length - SumLength;
        foreach (var prefix in Prefixes)
        {
            if (text.Length != prefix.Length + 1 + RandomLength + 1 + SumLength || text[prefix.Length] != '_' || !text.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (text[sumAt - 1] != '_' || text.AsSpan(prefix.Length + 1, RandomLength).ContainsAnyExcept(Base62)) return null;
            return text.AsSpan(sumAt).SequenceEqual(Sum(text[..(sumAt - 1)])) ? prefix : null;
        }
        return null;
    }

    /// <summary>Begins like a key, right or not: enough to keep it out of a log.</summary>
    public static bool LooksLikeKey(string text) => Prefixes.Any(prefix => text.StartsWith(prefix + "_", StringComparison.Ordinal));

    private static string Sum(string text)
    {
        var crc = Crc32(Encoding.ASCII.GetBytes(text));
        return string.Create(SumLength, crc, static (digits, left) =>
        {
            for (var i = digits.Length - 1; i >= 0; i--) (digits[i], left) = (Base62[(int)(left % 62)], left / 62);
        });
    }

    /// <summary>ISO-HDLC, as zip and PNG have it.</summary>
    internal static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFF_FFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320u;
        }
        return ~crc;
    }
}
