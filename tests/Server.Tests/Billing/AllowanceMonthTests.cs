using System.Globalization;
using Rpd.Server.Billing;

namespace Rpd.Server.Tests.Billing;

public sealed class AllowanceMonthTests
{
    [Theory]
    [InlineData("2026-01-31 10:00", "2026-01-31 10:00", "2026-01", "2026-01-31 10:00", "2026-02-28 10:00")]
    [InlineData("2026-01-31 10:00", "2026-02-28 09:59", "2026-01", "2026-01-31 10:00", "2026-02-28 10:00")]
    [InlineData("2026-01-31 10:00", "2026-03-30 23:00", "2026-02", "2026-02-28 10:00", "2026-03-31 10:00")]
    [InlineData("2026-01-31 10:00", "2027-01-31 10:00", "2027-01", "2027-01-31 10:00", "2027-02-28 10:00")]
    [InlineData("2026-11-05 00:00", "2026-12-04 23:59", "2026-11", "2026-11-05 00:00", "2026-12-05 00:00")]
    [InlineData("2026-11-05 00:00", "2026-11-04 23:59", "2026-11", "2026-11-05 00:00", "2026-12-05 00:00")]
    public void A_month_begins_on_the_day_the_plan_began_or_on_the_last_there_is(string started, string now, string name, string from, string to)
    {
        var month = AllowanceMonth.At(Utc(started), Utc(now));

        Assert.Equal((name, Utc(from), Utc(to)), (month.Name, month.From, month.To));
    }

    [Fact]
    public void No_two_months_of_a_plan_have_the_same_name_and_none_is_left_out()
    {
        for (var start = 0; start < 40; start++)
        {
            var started = Utc("2024-01-20 12:34").AddDays(start);
            var months = Enumerable.Range(0, 800).Select(day => AllowanceMonth.At(started, started.AddDays(day))).Distinct().ToList();

            Assert.Equal(months.Count, months.Select(month => month.Name).Distinct().Count());
            Assert.All(months.Zip(months.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        }
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
