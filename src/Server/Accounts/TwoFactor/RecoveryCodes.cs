using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Codes for the day on which the phone is lost: eighty random bits each, so a plain hash of one cannot be guessed back.</summary>
public static partial class RecoveryCodes
{
    public const int Count = 10;

    /// <returns>Such as <c>k3f2-9qpa-…</c>, sixteen letters and digits.</returns>
    public static string[] New() => [.. Enumerable.Range(0, Count).Select(_ => Base32.Grouped(Base32.Of(RandomNumberGenerator.GetBytes(10)).ToLowerInvariant(), '-'))];

    /// <summary>Null when it cannot be one. Case, spaces and dashes do not matter.</summary>
    public static byte[]? HashOf(string? typed)
    {
        var plain = Between().Replace(typed ?? "", "").ToLowerInvariant();
        return Shape().IsMatch(plain) ? SHA256.HashData(Encoding.ASCII.GetBytes(plain)) : null;
    }

    [GeneratedRegex(@"[\s-]")]
    private static partial Regex Between();

    [GeneratedRegex("^[a-z2-7]{16}$")]
    private static partial Regex Shape();
}
