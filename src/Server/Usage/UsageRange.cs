using System.Globalization;
using Rpd.Server.Http;

namespace Rpd.Server.Usage;

/// <summary>From when to when, and in whose days. Usage is booked by hours of UTC; one counts when it begins in the range.</summary>
public sealed record UsageRange(DateTimeOffset From, DateTimeOffset To, TimeZoneInfo Zone)
{
    public const int DaysMax = 366;
    private const int DaysUsual = 30;

    /// <summary>Reads <c>from</c>, <c>to</c> (a time, or a date in the zone; a date as end includes its day) and <c>tz</c>. Null when something is wrong, which <paramref name="fields"/> then knows.</summary>
    /// <param name="usualZone">The account's own.</param>
    public static UsageRange? Read(Fields fields, string usualZone, DateTimeOffset now)
    {
        if (Find(fields.Text("tz", 64) ?? usualZone) is not { } zone)
        {
            fields.Wrong("tz", "tz must be the IANA name of a time zone, such as Europe/Berlin.");
            zone = TimeZoneInfo.Utc;
        }
        var to = Moment(fields, "to", zone, dayAfter: true) ?? now;
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var from = Moment(fields, "from", zone, dayAfter: false) ?? Earlier(Begin(today.AddDays(1 - DaysUsual), zone), Begin(TimeZoneInfo.ConvertTime(to, zone).Date.AddDays(1 - DaysUsual), zone));
        if (fields.Refusal is not null) return null;
        if (from >= to) fields.Wrong("from", "from must lie before to.");
        else if (to - from > TimeSpan.FromDays(DaysMax + 1)) fields.Wrong("from", $"from and to may be {DaysMax} days apart at most.");
        return fields.Refusal is null ? new(from, to, zone) : null;
    }

    /// <summary>The first moments of the days that it touches, the earliest first, and of the day after them.</summary>
    public IReadOnlyList<DateTimeOffset> Days()
    {
        var first = TimeZoneInfo.ConvertTime(From, Zone).Date;
        var count = (TimeZoneInfo.ConvertTime(To.AddTicks(-1), Zone).Date - first).Days + 1;
        return [.. Enumerable.Range(0, count + 1).Select(day => Begin(first.AddDays(day), Zone))];
    }

    private static TimeZoneInfo? Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && (zone.HasIanaId || zone == TimeZoneInfo.Utc) ? zone : null;

    private static DateTimeOffset? Moment(Fields fields, string name, TimeZoneInfo zone, bool dayAfter)
    {
        if (fields.Text(name, 40) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and < 9999)
            return Begin(date.AddDays(dayAfter ? 1 : 0).ToDateTime(TimeOnly.MinValue), zone);
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            && moment.Year is >= 2000 and < 9999)
            return moment.ToUniversalTime();
        fields.Wrong(name, $"{name} must be a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z.");
        return null;
    }

    /// <summary>A day's first moment. Where the clocks go forward at midnight it begins an hour late.</summary>
    internal static DateTimeOffset Begin(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day)) day = day.AddMinutes(15);
        // Where they go back over midnight, the day begins at the earlier of the two.
        var offset = zone.IsAmbiguousTime(day) ? zone.GetAmbiguousTimeOffsets(day).Max() : zone.GetUtcOffset(day);
        return new DateTimeOffset(day, offset).ToUniversalTime();
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
