using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Usage;

public sealed partial class UsageLedgerTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("2026-03-28T20:00Z", 23)]
    [InlineData("2026-10-24T20:00Z", 25)]
    public async Task Across_a_change_of_the_clocks_the_chart_is_the_ledger_to_the_credit(string begins, int hoursOfTheDay)
    {
        var clock = new TestClock(DateTimeOffset.Parse(begins, CultureInfo.InvariantCulture));
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller(credits: 10_000);
        await app.Execute("update accounts set time_zone = 'Europe/Berlin' where id = $1", caller.Account);

        // Where a day of Berlin begins (at 22 or 23 o'clock of UTC), where the clocks change, and where the next day begins. Of what fails or is half made, nothing or half is paid.
        var (passed, hours) = (0, new[] { 1, 2, 3, 4, 5, 25, 26, 27 });
        foreach (var hour in hours)
        {
            clock.Advance(TimeSpan.FromHours(hour - passed));
            passed = hour;
            var prompts = hour switch { 3 => [("a hill", 1), ("half of it", 2)], 26 => [("a hill", 1), ("fail", 1)], _ => new[] { ("a hill", 1) } };
            foreach (var generation in await Task.WhenAll(prompts.Select(one => Start(caller, one.Item1, one.Item2)))) await caller.Ended(generation);
        }

        var ledger = new Dictionary<string, long>();
        await using (var command = app.Database.CreateCommand("""
            select to_char(at at time zone 'Europe/Berlin', 'YYYY-MM-DD'), sum(revenue)::bigint from credit_entries where account_id = $1 and revenue > 0 group by 1
            """))
        {
            command.Parameters.AddWithValue(caller.Account);
            await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await row.ReadAsync(TestContext.Current.CancellationToken))
                ledger[row.GetString(0)] = row.GetInt64(1);
        }
        var spent = await app.Scalar<long>("select sum(revenue)::bigint from credit_entries where account_id = $1", caller.Account);
        Assert.Equal((3, 10_000 - spent), (ledger.Count, await caller.Balance()));
        var day = ledger.Keys.Order(StringComparer.Ordinal).ElementAt(1);
        var range = (await caller.Get($"/v1/usage?from={day}&to={day}&tz=Europe/Berlin")).Body.GetProperty("data");
        Assert.Equal(hoursOfTheDay, (range.GetProperty("to").GetDateTimeOffset() - range.GetProperty("from").GetDateTimeOffset()).TotalHours);

        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var (from, to) = (ledger.Keys.Min(StringComparer.Ordinal), ledger.Keys.Max(StringComparer.Ordinal));
        foreach (var group in new[] { "day", "model", "key" })
        {
            var page = await visitor.Read($"/usage?from={from}&to={to}&group={group}");
            Assert.Equal(ledger.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value), Chart(page));
            Assert.Contains($"<dt>Credits</dt><dd>{spent.ToString("N0", CultureInfo.InvariantCulture)}</dd>", Between().Replace(page, "><"), StringComparison.Ordinal);
        }
        foreach (var (one, credits) in ledger) Assert.Equal([credits], Chart(await visitor.Read($"/usage?from={one}&to={one}")));
        var (_, body) = await caller.Get($"/v1/usage?from={from}&to={to}&tz=Europe/Berlin");
        Assert.Equal(spent, body.GetProperty("data").GetProperty("totals").GetProperty("credits").GetInt64());
    }

    private static async Task<Guid> Start(Caller caller, string prompt, int count)
    {
        var (status, body) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, count });
        Assert.Equal(HttpStatusCode.Created, status);
        return body.GetProperty("data").GetProperty("id").GetGuid();
    }

    /// <summary>What the chart is drawn from: of each day the sum of its series.</summary>
    private static IEnumerable<long> Chart(string page)
    {
        var series = JsonDocument.Parse(WebUtility.HtmlDecode(Series().Match(page).Groups[1].Value)).RootElement.EnumerateArray()
            .Select(one => one.GetProperty("values").EnumerateArray().Select(value => value.GetInt64()).ToArray()).ToArray();
        return Enumerable.Range(0, series[0].Length).Select(place => series.Sum(one => one[place]));
    }

    [GeneratedRegex("data-usage-series-value=\"([^\"]+)\"")]
    private static partial Regex Series();

    [GeneratedRegex(">\\s+<")]
    private static partial Regex Between();
}
