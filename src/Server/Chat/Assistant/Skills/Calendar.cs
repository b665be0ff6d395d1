using System.Globalization;
using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <summary>A date that cannot be one; <see cref="Exception.Message"/> says to people why.</summary>
internal sealed class NoSuchDateException(string message) : Exception(message);

/// <summary>Dates as they are written in English and German.</summary>
internal static partial class Calendar
{
    public const string Pattern =
        @"(?:\d{1,4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?" + Months + @"\.?,?\s+\d{1,4}|" + Months
        + @"\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|today|tomorrow|yesterday|now|heute|morgen|gestern)";

    private const string Months = @"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?)";

    /// <param name="text">What <see cref="Pattern"/> has found.</param>
    public static DateOnly Read(string text, DateOnly today)
    {
        switch (text.ToLowerInvariant())
        {
            case "today" or "now" or "heute": return today;
            case "tomorrow" or "morgen": return today.AddDays(1);
            case "yesterday" or "gestern": return today.AddDays(-1);
        }
        if (text.Contains('/', StringComparison.Ordinal)) throw new NoSuchDateException("With slashes it is not clear which number is the month. Please write the date as 2026-03-01.");
        var numbers = Digits().Matches(text).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
        var name = MonthName().Match(text);
        return name.Success ? Make(numbers[1], Number(name.Value), numbers[0])
            : text.Contains('-', StringComparison.Ordinal) ? Make(numbers[0], numbers[1], numbers[2]) : Make(numbers[2], numbers[1], numbers[0]);
    }

    /// <summary>"Sunday, 1 March 2026".</summary>
    public static string Long(DateOnly date) => date.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Short(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static DateOnly Make(int year, int month, int day)
    {
        if (year is < 1 or > 9999) throw new NoSuchDateException("I know the years from 1 to 9999.");
        if (month is < 1 or > 12) throw new NoSuchDateException($"There is no month {month}.");
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
            throw new NoSuchDateException($"There is no {day} {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)} {year}.");
        return new(year, month, day);
    }

    private static int Number(string name) => name.ToLowerInvariant()[..3] switch
    {
        "jan" => 1,
        "feb" => 2,
        "mar" or "mär" => 3,
        "apr" => 4,
        "may" or "mai" => 5,
        "jun" => 6,
        "jul" => 7,
        "aug" => 8,
        "sep" => 9,
        "oct" or "okt" => 10,
        "nov" => 11,
        _ => 12,
    };

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\b" + Months + @"\b", RegexOptions.IgnoreCase)]
    private static partial Regex MonthName();
}
