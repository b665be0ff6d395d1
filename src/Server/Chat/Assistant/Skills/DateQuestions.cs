using System.Globalization;
using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <summary>"What day is 90 days after 2026-03-01?", "how many days between … and …", "which weekday was …", "what is today's date". Today is UTC's.</summary>
internal static partial class DateQuestions
{
    private const string Span = @"(?<n>\d{1,9}|an?|one|ein(?:e|em|en)?)\s+(?<unit>days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?)";
    private const int LengthMax = 300;

    /// <summary>Null when the message asks for no date.</summary>
    public static string? Answer(string message, DateTimeOffset now)
    {
        if (message.Length > LengthMax) return null;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        try
        {
            if (Today().IsMatch(message)) return $"Today is **{Calendar.Long(today)}** (UTC).";
            if (Between().Match(message) is { Success: true } between) return Distance(Read(between, "a", today), Read(between, "b", today));
            if (Until().Match(message) is { Success: true } until) return Distance(today, Read(until, "a", today));
            if (Shifted().Match(message) is { Success: true } shifted) return Shift(shifted, Read(shifted, "a", today), shifted.Groups["way"].Value.ToLowerInvariant() is "before" or "vor" ? -1 : 1);
            if (FromNow().Match(message) is { Success: true } ahead) return Shift(ahead, today, ahead.Groups["past"].Success ? -1 : 1);
            if (Weekday().Match(message) is { Success: true } weekday) return Named(Read(weekday, "a", today), today);
        }
        catch (NoSuchDateException wrong)
        {
            return wrong.Message;
        }
        catch (ArgumentOutOfRangeException)
        {
            return "That leads out of the calendar: I know the years from 1 to 9999.";
        }
        return null;
    }

    private static DateOnly Read(Match match, string group, DateOnly today) => Calendar.Read(match.Groups[group].Value, today);

    private static string Distance(DateOnly a, DateOnly b)
    {
        var days = Math.Abs(b.DayNumber - a.DayNumber);
        var weeks = days < 14 ? "" : days % 7 == 0 ? $", {Count(days / 7, "week")}" : $", {Count(days / 7, "week")} and {Count(days % 7, "day")}";
        return $"Between {Calendar.Short(a)} and {Calendar.Short(b)} lie **{Count(days, "day")}**{weeks} (the last day counted, the first not).";
    }

    private static string Shift(Match match, DateOnly from, int sign)
    {
        var count = int.TryParse(match.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        var unit = match.Groups["unit"].Value.ToLowerInvariant()[0] switch { 'd' or 't' => "day", 'w' => "week", 'm' => "month", _ => "year" };
        // More than the calendar holds; the product with 7 or 12 must not wrap round.
        if (count > 4_000_000) throw new ArgumentOutOfRangeException(nameof(match));
        var date = unit switch
        {
            "day" => from.AddDays(sign * count),
            "week" => from.AddDays(sign * count * 7),
            "month" => from.AddMonths(sign * count),
            _ => from.AddYears(sign * count),
        };
        return $"{Count(count, unit)} {(sign < 0 ? "before" : "after")} {Calendar.Short(from)} is **{Calendar.Long(date)}** ({date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}).";
    }

    private static string Named(DateOnly date, DateOnly today) => $"{Calendar.Short(date)} {(date < today ? "was" : "is")} a **{date.DayOfWeek}**.";

    private static string Count(int count, string unit) => count == 1 ? $"1 {unit}" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} {unit}s";

    [GeneratedRegex(@"^\s*(?:hi,?\s+|please\s+)?(?:what(?:['’]s|s|\s+is)\s+(?:the\s+)?(?:date(?:\s+(?:of\s+)?today)?|today(?:['’]s\s+date)?)|what\s+(?:day|date)\s+is\s+(?:it|today)(?:\s+today)?|which\s+day\s+is\s+(?:it|today)|today['’]s\s+date|welche[rsn]?\s+(?:wochen)?(?:tag|datum)\s+(?:ist|haben\s+wir)(?:\s+heute)?)\s*[?.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Today();

    [GeneratedRegex(@"(?:days?|tage|long|time|lange)\b.*?\b(?:between|from|zwischen|vom?)\s+(?:dem\s+)?(?<a>" + Calendar.Pattern + @")\s+(?:and|to|until|till|und|bis)\s+(?:zum\s+|dem\s+)?(?<b>" + Calendar.Pattern + @")", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"(?:days?|tage|long)\b.*?\b(?:until|till|since|bis|seit)\s+(?:zum\s+|dem\s+)?(?<a>" + Calendar.Pattern + @")", RegexOptions.IgnoreCase)]
    private static partial Regex Until();

    [GeneratedRegex(@"\b" + Span + @"\s+(?<way>after|before|from|nach|vor)\s+(?:dem\s+)?(?<a>" + Calendar.Pattern + @")", RegexOptions.IgnoreCase)]
    private static partial Regex Shifted();

    [GeneratedRegex(@"^\s*(?:(?:what|which)\s+(?:day|date|weekday)\b.*?\s|when\s+is\s+|welche[rs]\s+tag\s.*?)?(?:(?:in\s+)" + Span + @"|" + Span + @"\s+(?:(?<past>ago)|from\s+now|ahead))\s*[?.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex FromNow();

    [GeneratedRegex(@"^\s*(?:on\s+)?(?:what|which|welche[rn]?)\s+(?:week\s?day|day(?:\s+of\s+(?:the\s+)?week)?|wochentag|tag)\s+(?:is|was|will|does|did|falls?|war|ist|fällt)\b.*?(?<a>" + Calendar.Pattern + @")\b.*$", RegexOptions.IgnoreCase)]
    private static partial Regex Weekday();
}
