using System.Globalization;
using Rpd.Shared.Usage;
using Rpd.Web.Usage;

namespace Rpd.Server.Usage;

/// <summary>Usage as a page shows it: the lines of its table and the series of its chart.</summary>
public static class UsageFigures
{
    private const int SeriesMax = 6;

    public static DateOnly DayOf(UsagePeriod period, UsageBucket bucket) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(bucket.Start, period.Range.Zone).Date);

    /// <param name="label">Of a group.</param>
    public static IEnumerable<UsageLine> Lines(UsagePeriod period, string groupBy, Func<string?, string> label, IReadOnlyList<UsageBucket> buckets) => groupBy == UsageGroupings.Day
        ? buckets.Reverse().Select(bucket => new UsageLine(DayOf(period, bucket).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "", UsageQueries.Sum([bucket])))
        : buckets.GroupBy(bucket => bucket.Group).Select(group => new UsageLine(group.Key!, label(group.Key), UsageQueries.Sum([.. group])))
            .OrderByDescending(line => line.Totals.Credits).ThenByDescending(line => line.Totals.Requests).ThenBy(line => line.Label, StringComparer.Ordinal);

    /// <summary>Every day of the period, and the groups that matter most; the others are one.</summary>
    public static UsageChart Chart(UsagePeriod period, string measure, Func<string?, string> label, IReadOnlyList<UsageBucket> buckets)
    {
        var days = Enumerable.Range(0, period.Last.DayNumber - period.First.DayNumber + 1).Select(period.First.AddDays).ToList();
        var most = buckets.GroupBy(bucket => bucket.Group ?? "").OrderByDescending(group => group.Sum(Amount)).Take(SeriesMax).Select(group => group.Key).ToList();
        var series = most.Select(group => Series(group.Length == 0 ? "" : label(group), buckets.Where(bucket => (bucket.Group ?? "") == group))).ToList();
        var others = buckets.Where(bucket => !most.Contains(bucket.Group ?? "")).ToList();
        if (others.Count > 0) series.Add(Series("All others", others));
        return new(days, series);

        long Amount(UsageBucket bucket) => measure == UsageMeasures.Requests ? bucket.Requests : bucket.Credits;

        UsageSeries Series(string name, IEnumerable<UsageBucket> of)
        {
            var values = new long[days.Count];
            foreach (var bucket in of) values[DayOf(period, bucket).DayNumber - days[0].DayNumber] += Amount(bucket);
            return new(name, values);
        }
    }
}
