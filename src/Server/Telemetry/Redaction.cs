using System.Text.RegularExpressions;

namespace Rpd.Server.Telemetry;

/// <summary>Takes secrets out of what is logged: our keys and tokens, Stripe's, other vendors', passwords in addresses. What a log keeps, many can read.</summary>
public static partial class Redaction
{
    public const string Mask = "•••";

    public static string Of(string text) => Secret().Replace(text, match => match.Groups["keep"].Value + Mask);

    [GeneratedRegex("""
        (?<keep>\brpd_(?:sk|ut)_(?:live_|test_)?)[A-Za-z0-9_-]{8,}
        |(?<keep>\b[sr]k_(?:live|test)_)[A-Za-z0-9]{8,}
        |(?<keep>\bwhsec_)[A-Za-z0-9+/=_-]{6,}
        |(?<keep>\bsk-)[A-Za-z0-9_-]{16,}
        |(?<keep>\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}
        |(?<keep>://[^\s/:@]+:)[^\s/@]+(?=@)
        |(?<keep>\b(?:api[_-]?key|password|secret|token)["']?\s*[=:]\s*["']?)[^\s"'&,;]{4,}
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
