using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <summary>Sums in a message: "what is 15 % of 80", "(2 + 3) × 4", "7 divided by 8".</summary>
internal static partial class Arithmetic
{
    private const int LengthMax = 500;

    private static readonly (Regex Words, string Sign)[] Spoken =
    [
        (Times(), "*"), (DividedBy(), "/"), (ToThePower(), "^"), (Squared(), "^2"), (Cubed(), "^3"), (Plus(), "+"), (Minus(), "-"), (Percent(), "%"), (Modulo(), "%"), (OfIt(), " of "),
    ];

    /// <summary>Null when the message is no sum.</summary>
    public static string? Answer(string message)
    {
        if (message.Length > LengthMax) return null;
        var text = Ending().Replace(Beginning().Replace(message.Trim(), ""), "").ToLowerInvariant();
        if (!text.Any(char.IsAsciiDigit) || Date().IsMatch(text)) return null;
        foreach (var (words, sign) in Spoken) text = words.Replace(text, sign);
        if (!Signs().IsMatch(text) || !Operation().IsMatch(text)) return null;
        try
        {
            var result = Numbers.Result(Sum.Of(text));
            return $"{Shown(text)} {result[..2]}**{result[2..]}**";
        }
        catch (UnreadableSumException unreadable)
        {
            return $"I cannot work that out. {unreadable.Message}";
        }
        catch (DivideByZeroException)
        {
            return "That divides by zero, and so it has no result.";
        }
        catch (OverflowException)
        {
            return "That is too large for me: I calculate with numbers of about 1,200 digits.";
        }
    }

    private static string Shown(string text) => Spaces().Replace(Between().Replace(text, " $1 "), " ").Trim()
        .Replace(" - ", " − ", StringComparison.Ordinal).Replace("*", "×", StringComparison.Ordinal).Replace("/", "÷", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?:(?:please|bitte|hey|hi|so|and|ok(?:ay)?)[,\s]+)*(?:(?:what\s+is|what['’]s|whats|how\s+much\s+is|calculate|compute|evaluate|solve|was\s+ist|was\s+sind|wie\s*viel\s+(?:ist|sind|macht)|berechne|rechne)[:\s]+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"[\s=?!.]*(?:(?:please|bitte|thanks|danke)[\s!.]*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Ending();

    [GeneratedRegex(@"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}")]
    private static partial Regex Date();

    [GeneratedRegex(@"^(?:[\d\s.,'’_+\-*/^%()]|(?<![a-z])of(?![a-z]))+$")]
    private static partial Regex Signs();

    [GeneratedRegex(@"[\d)%\s][+\-*/^%]|%|^\s*[+\-]?\s*\(|[+\-*/^]\s*\d")]
    private static partial Regex Operation();

    [GeneratedRegex(@"\s*(?:×|·|⋅|∙|\bx\b|(?<=\d)x(?=\d)|\btimes\b|\bmultiplied\s+by\b|\bmal\b|\*(?!\*))\s*")]
    private static partial Regex Times();

    [GeneratedRegex(@"\s*(?:÷|(?<=\d\s*):(?=\s*\d)|\bdivided\s+by\b|\bgeteilt\s+durch\b|\bdurch\b)\s*")]
    private static partial Regex DividedBy();

    [GeneratedRegex(@"\s*(?:\*\*|\bto\s+the\s+power\s+of\b|\bhoch\b)\s*")]
    private static partial Regex ToThePower();

    [GeneratedRegex(@"\s*(?:²|\bsquared\b)")]
    private static partial Regex Squared();

    [GeneratedRegex(@"\s*(?:³|\bcubed\b)")]
    private static partial Regex Cubed();

    [GeneratedRegex(@"\bplus\b")]
    private static partial Regex Plus();

    [GeneratedRegex(@"[−–]|\bminus\b")]
    private static partial Regex Minus();

    [GeneratedRegex(@"\s*\b(?:percent|per\s+cent|prozent)\b")]
    private static partial Regex Percent();

    [GeneratedRegex(@"\bmod(?:ulo)?\b")]
    private static partial Regex Modulo();

    [GeneratedRegex(@"\s*(?<=%\s*)\bvon\b\s*|(?<=\d\s*)\s+of\s+the\s+(?=\d)")]
    private static partial Regex OfIt();

    [GeneratedRegex(@"\s*((?<=[\d)%]\s*)[+\-*/^]|(?<=\d\s*)%(?=\s*[\d(]))\s*")]
    private static partial Regex Between();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
