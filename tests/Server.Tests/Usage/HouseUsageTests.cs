using System.Globalization;
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
        // Each hour belongs to the day in which it begins, as the database's own calendar has it.
        foreach (var range in Ranges(clock.GetUtcNow()))
        {
            var view = (await house.Read(range, UsageGroupings.Model, CancellationToken.None)).Value!;
            Assert.Equal(await app.Scalar<string>("""
                select coalesce(string_agg(concat_ws(' ', to_char(day at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'), model, requests, credits, failed, tokens), ',' order by day, model), '') from (
                  select date_trunc('day', hour, $3) as day, model, sum(requests) as requests, sum(credits) as credits, sum(failed) as failed, sum(input_tokens + output_tokens) as tokens
                  from usage_hours where hour >= $1 and hour < $2 group by 1, 2) h
                """, range.From, range.To, range.Zone.Id), string.Join(',', view.Buckets.Select(bucket => $"{bucket.Start.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'} {bucket.Group} {bucket.Requests} {bucket.Credits} {bucket.Failed} {bucket.InputTokens + bucket.OutputTokens}")));
        }

        // The server's own duty may have been there in between.
        for (var more = 1; more > 0;) more = await sums.Run(CancellationToken.None);
        Assert.True(await app.Scalar<long>("select count(*) from house_usage_hours") > 500);
        Assert.Equal(0, await sums.Run(CancellationToken.None));
        for (var n = 0; n < asked.Count; n++) Assert.Equal(booked[n], await Read(house, asked[n].range, asked[n].group));

        // And they are read from the sums: what was booked may even be gone. Only who has used how much on a part of a day is asked of it.
        await app.Execute("delete from usage_hours where hour <= (select max(hour) from house_usage_hours)");
        for (var n = 0; n < asked.Count; n++) Assert.Equal(WithoutUsers(booked[n]), WithoutUsers(await Read(house, asked[n].range, asked[n].group)));
    }

    [Theory]
    [InlineData("UTC", "2026-03-01T00:00Z", "2026-03-03T00:00Z", "2026-03-01T00:00Z 2026-03-02T00:00Z 2026-03-03T00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-28T20:00Z", "2026-03-29T22:30Z", "2026-03-27T23:00Z 2026-03-28T23:00Z 2026-03-29T22:00Z 2026-03-30T22:00Z")]
    [InlineData("Asia/Kathmandu", "2026-03-01T18:00Z", "2026-03-01T19:00Z", "2026-02-28T18:15Z 2026-03-01T18:15Z 2026-03-02T18:15Z")]
    // The clocks go back over midnight, and forward at midnight.
    [InlineData("America/Havana", "2026-11-01T12:00Z", "2026-11-01T13:00Z", "2026-11-01T04:00Z 2026-11-02T05:00Z")]
    [InlineData("America/Havana", "2026-03-07T12:00Z", "2026-03-08T12:00Z", "2026-03-07T05:00Z 2026-03-08T05:00Z 2026-03-09T04:00Z")]
    public void A_range_touches_whole_days_of_its_zone(string zone, string from, string to, string starts)
    {
        var range = new UsageRange(DateTimeOffset.Parse(from, CultureInfo.InvariantCulture), DateTimeOffset.Parse(to, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(starts, string.Join(' ', range.Days().Select(day => day.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture))));
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
