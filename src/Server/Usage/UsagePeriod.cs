using Microsoft.Extensions.Primitives;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Usage;

namespace Rpd.Server.Usage;

/// <summary>A period that somebody chose, in the days of a zone, and the one before that it is measured against: as long, and as far along.</summary>
public sealed record UsagePeriod(string Name, UsageRange Range, UsageRange Before)
{
    public DateOnly First => Day(Range.From);

    public DateOnly Last => Day(Range.To.AddTicks(-1));

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Range.Zone).Date);

    /// <summary>Reads <c>period</c>, or <c>from</c> and <c>to</c>; what is wrong with those is told and the usual period taken.</summary>
    public static (UsagePeriod Period, FormErrors Errors) Read(IQueryCollection query, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (query["from"].ToString().Length + query["to"].ToString().Length > 0)
        {
            // The zone is the account's, whatever else the address says.
            var fields = Fields.Of(new QueryCollection(new Dictionary<string, StringValues> { ["from"] = query["from"], ["to"] = query["to"] }));
            return UsageRange.Read(fields, zone.Id, now) is { } range ? (Custom(range, now), FormErrors.None) : (Named(UsagePeriods.Usual, zone, now), new(fields.Errors));
        }
        var name = query["period"].ToString();
        return (Named(UsagePeriods.All.Contains(name) ? name : UsagePeriods.Usual, zone, now), FormErrors.None);
    }

    private static UsagePeriod Named(string name, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var first = name switch
        {
            UsagePeriods.Today => local.Date,
            UsagePeriods.Week => local.Date.AddDays(-6),
            UsagePeriods.Month => new(local.Year, local.Month, 1),
            _ => local.Date.AddDays(-29),
        };
        Func<DateTime, DateTime> earlier = name == UsagePeriods.Month ? day => day.AddMonths(-1) : day => day.AddDays(-((local.Date - first).Days + 1));
        // Nothing is booked after now; the hour that runs counts.
        return new(name, new(UsageRange.Begin(first, zone), now.AddTicks(1), zone), new(UsageRange.Begin(earlier(first), zone), UsageRange.Begin(earlier(local), zone), zone));
    }

    private static UsagePeriod Custom(UsageRange range, DateTimeOffset now)
    {
        var (zone, end) = (range.Zone, range.To < now ? range.To : now);
        DateTime from = Local(range.From), to = Local(end > range.From ? end : range.To);
        var days = Math.Max(1, (int)Math.Ceiling((Local(range.To) - from).TotalDays));
        return new(UsagePeriods.Custom, range, new(UsageRange.Begin(from.AddDays(-days), zone), UsageRange.Begin(to.AddDays(-days), zone), zone));

        DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
    }
}
