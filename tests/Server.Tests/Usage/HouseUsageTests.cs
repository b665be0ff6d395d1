using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Admin;
using Rpd.Server.Tests.Support;
using Rpd.Server.Usage;
using Rpd.Shared.Usage;

namespace Rpd.Server.Tests.Usage;

public sealed class HouseUsageTests(TestPostgres postgres)
{
    [Fact]
    public async Task Sums_of_hours_that_are_over_say_the_same_as_what_was_booked_in_any_range_and_zone()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var accounts = new List<Guid>();
        for (var n = 0; n < 3; n++) accounts.Add((await app.Caller(credits: 0)).Account);
        // A month over the change to summer time, with gaps, up to the hour that runs.
        await app.Execute("""
            insert into usage_hours select date_trunc('hour', $1, 'UTC') - h * interval '1 hour', a, '00000000-0000-0000-0000-000000000000', 'model-' || (h % 3), case h % 2 when 0 then 'native' else 'tasks' end, 1 + h % 4, h % 2, h * 7 % 31, h, 2 * h
            from generate_series(0, 740) h, unnest($2) a where (h * 7 + length(a::text) + ascii(right(a::text, 1))) % 5 > 0
            """, clock.GetUtcNow(), accounts.ToArray());
        var (house, sums) = (app.Services.GetRequiredService<AdminUsage>(), app.Services.GetRequiredService<SumHouse>());
        var asked = Ranges(clock.GetUtcNow()).SelectMany(range => new[] { UsageGroupings.Day, UsageGroupings.Model, UsageGroupings.Face }.Select(group => (range, group))).ToList();
        var booked = new List<string>();
        foreach (var (range, group) in asked) booked.Add(await Read(house, range, group));

        // The server's own duty may have been there in between.
        for (var more = 1; more > 0;) more = await sums.Run(CancellationToken.None);
        Assert.True(await app.Scalar<long>("select count(*) from house_usage_hours") > 500);
        Assert.Equal(0, await sums.Run(CancellationToken.None));
        for (var n = 0; n < asked.Count; n++) Assert.Equal(booked[n], await Read(house, asked[n].range, asked[n].group));

        // And they are read from the sums: what was booked may even be gone. Only who has used how much on a part of a day is asked of it.
        await app.Execute("delete from usage_hours where hour <= (select max(hour) from house_usage_hours)");
        for (var n = 0; n < asked.Count; n++) Assert.Equal(WithoutUsers(booked[n]), WithoutUsers(await Read(house, asked[n].range, asked[n].group)));
    }

    private static IEnumerable<UsageRange> Ranges(DateTimeOffset now)
    {
        foreach (var zone in new[] { "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata" }.Select(TimeZoneInfo.FindSystemTimeZoneById))
        {
            var today = UsageRange.Begin(TimeZoneInfo.ConvertTime(now, zone).Date, zone);
            yield return new(today.AddDays(-8), now.AddTicks(1), zone);
            yield return new(today.AddDays(-6), today.AddDays(-2), zone);
            yield return new(today.AddDays(-29), now.AddTicks(1), zone);
            yield return new(today.AddDays(-27), today.AddDays(-3), zone);
            yield return new(today, now.AddTicks(1), zone);
            yield return new(now.AddHours(-30), now.AddHours(-26), zone);
        }
    }

    private static async Task<string> Read(AdminUsage house, UsageRange range, string group) => JsonSerializer.Serialize((await house.Read(range, group, CancellationToken.None)).Value);

    private static string WithoutUsers(string view) => view[..view.IndexOf("\"ByUser\"", StringComparison.Ordinal)];
}
