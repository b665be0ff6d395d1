using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;
using Rpd.Server.Usage;

namespace Rpd.Server.Tests.Usage;

public sealed partial class UsagePagesTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    private const string NoKey = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task Days_are_the_accounts_own_also_when_its_clocks_change_and_the_csv_says_the_same()
    {
        var app = shared.App;
        var caller = await app.Caller();
        await app.Execute("update accounts set time_zone = 'Europe/Berlin' where id = $1", caller.Account);
        // Berlin: 29 March 2026 has 23 hours, 25 October 25. One run an hour, two credits each.
        await app.Execute("""
            insert into usage_hours (hour, account_id, api_key_id, model, face, requests, failed, credits)
            select hour, $1, '00000000-0000-0000-0000-000000000000', 'm', 'native', 1, 0, 2 from generate_series('2026-03-01Z'::timestamptz, '2026-10-31T23:00Z', '1 hour') hour
            """, caller.Account);
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        Assert.Equal(["2026-03-30 24 48", "2026-03-29 23 46", "2026-03-28 24 48"], Rows(await visitor.Read("/usage?from=2026-03-28&to=2026-03-30")));
        Assert.Equal(["2026-10-25 25 50"], Rows(await visitor.Read("/usage?from=2026-10-25&to=2026-10-25")));
        Assert.Equal("day,requests,failed,credits,inputTokens,outputTokens\r\n2026-03-28,24,0,48,0,0\r\n2026-03-29,23,0,46,0,0\r\n2026-03-30,24,0,48,0,0\r\n",
            await visitor.Read("/usage.csv?from=2026-03-28&to=2026-03-30"));
        Assert.Contains("Europe/Berlin", await visitor.Read("/usage?from=2026-10-25&to=2026-10-25"), StringComparison.Ordinal);
        // The day before has 24 hours, this one 25.
        Assert.Contains("4 % more than the days before", await visitor.Read("/usage?from=2026-10-25&to=2026-10-25"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("today", "2031-03-05", 12)]
    [InlineData("7d", "2031-02-27", 6 * 24 + 12)]
    [InlineData("30d", "2031-02-04", 29 * 24 + 12)]
    [InlineData("month", "2031-03-01", 4 * 24 + 12)]
    public async Task A_named_period_ends_now_and_is_measured_against_one_as_far_along(string period, string first, int hours)
    {
        var clock = new TestClock();
        clock.Advance(TimeSpan.FromMinutes(-1));
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller();
        await app.Execute("""
            insert into usage_hours (hour, account_id, api_key_id, model, face, requests, failed, credits)
            select hour, $1, '00000000-0000-0000-0000-000000000000', 'm', 'native', 1, 0, 1 from generate_series('2030-12-01Z'::timestamptz, '2031-03-05T11:00Z', '1 hour') hour
            """, caller.Account);
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        var page = await visitor.Read($"/usage?period={period}");
        Assert.Contains($"<dt>Credits</dt><dd>{hours.ToString("N0", CultureInfo.InvariantCulture)}</dd><dd class=\"trend\">as ", Between().Replace(page, "><"), StringComparison.Ordinal);
        Assert.StartsWith(first + " ", Rows(page).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_model_and_by_key_the_sums_are_the_same_and_a_key_can_be_looked_at_alone()
    {
        var app = shared.App;
        var (caller, other) = (await app.Caller(), await app.Caller());
        var key = await app.Scalar<Guid>("select id from api_keys where account_id = $1", caller.Account);
        await app.Execute("update api_keys set name = '=HYPERLINK(\"x\"),<b>' where id = $1", key);
        await app.Execute($"""
            insert into usage_hours values (date_trunc('hour', now()), $1, $2, 'sketch', 'native', 3, 1, 20, 5, 6), (date_trunc('hour', now()), $1, '{NoKey}', 'sketch', 'page', 1, 0, 10, 0, 0),
              (date_trunc('hour', now()), $1, $2, 'voice', 'native', 2, 0, 4, 0, 0), (date_trunc('hour', now()), $3, '{NoKey}', 'sketch', 'page', 9, 9, 9, 9, 9)
            """, caller.Account, key, other.Account);
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        Assert.Equal(["sketch 4 30", "voice 2 4"], Rows(await visitor.Read("/usage?group=model"), day: false));
        var byKey = await visitor.Read("/usage?group=key");
        Assert.Equal(["=HYPERLINK(\"x\"),<b> 5 24", "Without a key: pages and tokens 1 10"], Rows(byKey, day: false));
        Assert.DoesNotContain(",<b>", byKey, StringComparison.Ordinal);
        Assert.Equal(["sketch 3 20", "voice 2 4"], Rows(await visitor.Read($"/usage?group=model&key={key}"), day: false));
        Assert.Equal(["sketch 1 10"], Rows(await visitor.Read("/usage?group=model&key=none"), day: false));
        Assert.Contains(",\"'=HYPERLINK(\"\"x\"\"),<b>\",5,1,24,5,6\r\n", await visitor.Read("/usage.csv?group=key"), StringComparison.Ordinal);

        var stranger = await PageVisitor.SignIn(app, other.Account);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/usage?key={key}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/usage.csv?key={key}")).StatusCode);
    }

    [Fact]
    public async Task Nothing_used_and_wrong_dates_are_said_in_words()
    {
        var app = shared.App;
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        var page = await visitor.Read("/usage");
        Assert.Contains("Nothing used yet", page, StringComparison.Ordinal);
        Assert.Contains("/v1/generations", page, StringComparison.Ordinal);
        using var wrong = await visitor.Get("/usage?from=2026-02-01&to=2026-01-01");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var said = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("f-from-error", said, StringComparison.Ordinal);
        Assert.Contains("value=\"2026-02-01\"", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Get("/usage.csv?from=2026-02-01&to=2026-01-01")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/usage?from=2999-02-01&to=2999-02-03")).StatusCode);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    public void A_cell_is_never_taken_for_a_formula(string text, string cell) => Assert.Equal(cell, UsageCsv.Cell(text));

    /// <summary>Each row as "name runs credits".</summary>
    private static List<string> Rows(string html, bool day = true) => [.. Row().Matches(html).Select(row => WebUtility.HtmlDecode(
        $"{(day ? Day().Match(row.Value).Groups[1].Value : Name().Match(row.Value).Groups[1].Value)} {Cell(row.Value, "Runs")} {Cell(row.Value, "Credits")}"))];

    private static string Cell(string row, string label) => Regex.Match(row, $"data-label=\"{label}\">([^<]*)<").Groups[1].Value;

    [GeneratedRegex("<tr>\\s*<th scope=\"row\">.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("from=([0-9-]+)")]
    private static partial Regex Day();

    [GeneratedRegex("<a href=\"[^\"]+\">([^<]*)</a>")]
    private static partial Regex Name();

    [GeneratedRegex(">\\s+<")]
    private static partial Regex Between();
}
