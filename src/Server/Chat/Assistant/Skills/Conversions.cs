using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <summary>"5 km in miles", "how many feet are 3 metres", "100 °F to °C". A factor is exact; what has no end is rounded to ten digits and says so.</summary>
internal static partial class Conversions
{
    private const string Name = @"[°µμ\p{L}″][\p{L}²³23/°\-]*(?:\s(?:[mM]et(?:er|re)s?|miles?|years?|feet|inch(?:es)?|kilomet(?:er|re)s?|centimet(?:er|re)s?|gallons?|quarts?|pints?|cups?|ounces?|fluid\s?ounces?|per\s(?:hour|second)|celsius|fahrenheit|c|f)\b)*";
    private const int LengthMax = 200, Digits = 10;

    /// <summary>Null when the message asks for no conversion between units that are known.</summary>
    /// <param name="before">What the same person has said, the latest first: "and in miles?" takes its quantity from there.</param>
    public static string? Answer(string message, IEnumerable<string> before)
    {
        if (message.Length > LengthMax) return null;
        if (Read(message) is var (amount, from, to)) return Convert(amount, from, to);
        if (Further().Match(message.Trim()) is not { Success: true } further || Units.Find(further.Groups["to"].Value) is not { } wanted) return null;
        return before.Where(said => said.Length <= LengthMax).Select(Read).FirstOrDefault(asked => asked is not null) is var (earlier, unit, _) ? Convert(earlier, unit, wanted) : null;
    }

    private static (Fraction Amount, Unit From, Unit To)? Read(string message)
    {
        foreach (var match in new[] { Into().Match(message), HowMany().Match(message) })
        {
            if (!match.Success || Units.Find(match.Groups["from"].Value) is not { } from || Units.Find(match.Groups["to"].Value) is not { } to) continue;
            var amount = match.Groups["n"].Success ? Numbers.Read(match.Groups["n"].Value) : Fraction.Of(1);
            return (match.Groups["minus"].Length > 0 ? -amount : amount, from, to);
        }
        return null;
    }

    private static string Convert(Fraction amount, Unit from, Unit to)
    {
        if (from.Measure != to.Measure) return $"{Capital(from.Name)} measure {from.Measure} and {to.Name} {to.Measure}: one cannot be turned into the other.";
        var inFirst = (amount + from.Offset) * from.Factor;
        if (from.Measure == "temperature" && inFirst.Top.Sign < 0) return $"Nothing is that cold: absolute zero is {Numbers.Write(-from.Offset)} {from.Name}.";
        var result = Numbers.Result((inFirst / to.Factor) - to.Offset, Digits);
        var note = from.Measure == "time" && (from.Name == "years" || to.Name == "years") ? " (with years of 365.25 days)" : "";
        return $"{Numbers.Write(amount)} {from.Name} {result[..2]}**{result[2..]} {to.Name}**{note}";
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"(?<![\w.,])(?<minus>[-−–]?)\s?(?<n>" + Numbers.Pattern + @")\s*(?<from>" + Name + @")\s+(?:in|to|into|as|nach|zu)\s+(?:an?\s+)?(?<to>" + Name + @")\s*[?.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Into();

    [GeneratedRegex(@"^\s*(?:how\s+many|how\s+much|wie\s*viele?)\s+(?<to>" + Name + @")\s+(?:(?:are|is|have|has|does|do|make|makes|sind|hat)\s+)?(?:there\s+)?(?:in\s+)?(?:(?<minus>[-−–]?)(?<n>" + Numbers.Pattern + @")|an?|one|the|ein(?:e|em|er)?)\s*(?<from>" + Name + @")(?:\s+have)?\s*[?.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex HowMany();

    [GeneratedRegex(@"^(?:and|und|now|ok(?:ay)?,?|what\s+about|how\s+about)?\s*(?:in|to|into|as)\s+(?<to>" + Name + @")\s*[?.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Further();
}
