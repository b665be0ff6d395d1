using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Usage;

public sealed class UsageApiTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_finished_generation_is_in_it_under_its_key_model_and_face()
    {
        await using var app = await App.Scripted(postgres);
        var (caller, other) = (await app.Caller(), await app.Caller());
        var (_, created) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"));
        await caller.Ended(created.GetProperty("data").GetProperty("id").GetGuid());
        var key = await app.Scalar<Guid>("select id from api_keys where account_id = $1", caller.Account);

        foreach (var (groupBy, group) in new[] { ("day", null), ("model", "studio-sketch"), ("key", key.ToString()), ("face", "native") })
        {
            var data = (await caller.Get($"/v1/usage?groupBy={groupBy}")).Body.GetProperty("data");
            var bucket = data.GetProperty("buckets").EnumerateArray().Single();
            Assert.Equal((group, 1, 1, 0), (bucket.GetProperty("group").GetString(), bucket.GetProperty("requests").GetInt32(), bucket.GetProperty("credits").GetInt32(), bucket.GetProperty("failed").GetInt32()));
            Assert.Equal((1, groupBy, "UTC"), (data.GetProperty("totals").GetProperty("requests").GetInt32(), data.GetProperty("groupBy").GetString(), data.GetProperty("tz").GetString()));
        }
        Assert.Equal(0, (await other.Get("/v1/usage")).Body.GetProperty("data").GetProperty("buckets").GetArrayLength());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CreateClient().GetAsync(new Uri("/v1/usage", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Days_are_cut_in_the_readers_zone_also_when_its_clocks_change()
    {
        var app = shared.App;
        var caller = await app.Caller();
        // Berlin: 29 March 2026 has 23 hours, 25 October 25.
        await app.Execute("""
            insert into usage_hours (hour, account_id, api_key_id, model, face, requests, failed, credits)
            select hour, $1, '00000000-0000-0000-0000-000000000000', 'm', 'native', 1, 0, 2 from generate_series('2026-01-01Z'::timestamptz, '2026-12-31T23:00Z', '1 hour') hour
            """, caller.Account);

        Assert.Equal(["2026-03-27T23:00:00Z 24", "2026-03-28T23:00:00Z 23", "2026-03-29T22:00:00Z 24"], await Days(caller, "from=2026-03-28&to=2026-03-30&tz=Europe/Berlin"));
        Assert.Equal(["2026-10-24T22:00:00Z 25"], await Days(caller, "from=2026-10-25&to=2026-10-25&tz=Europe/Berlin"));
        Assert.Equal(["2026-03-28T00:00:00Z 24"], await Days(caller, "from=2026-03-28&to=2026-03-28"));
        // An hour belongs to the day in which it begins.
        Assert.Equal(["2026-03-27T18:30:00Z 24"], await Days(caller, "from=2026-03-28&to=2026-03-28&tz=Asia/Kolkata"));
        Assert.Equal(["2026-03-28T04:00:00Z 1"], await Days(caller, "from=2026-03-28T05:30:00Z&to=2026-03-28T07:00:00Z&tz=America/New_York"));
        await app.Execute("update accounts set time_zone = 'Asia/Tokyo' where id = $1", caller.Account);
        Assert.Equal(["2026-03-27T15:00:00Z 24"], await Days(caller, "from=2026-03-28&to=2026-03-28"));
        Assert.Equal(365 * 24 * 2, (await caller.Get("/v1/usage?from=2026-01-01&to=2026-12-31&tz=UTC&groupBy=key")).Body.GetProperty("data").GetProperty("totals").GetProperty("credits").GetInt32());
    }

    [Fact]
    public async Task Every_wrong_parameter_is_named()
    {
        var app = shared.App;
        var caller = await app.Caller();

        var (status, body) = await caller.Get("/v1/usage?from=yesterday&to=31.01.2026&tz=Mars/Base&groupBy=moon");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["from", "groupBy", "to", "tz"], body.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()!).Order(StringComparer.Ordinal));
        foreach (var query in new[] { "from=2026-02-01&to=2026-01-01", "from=2020-01-01&to=2026-01-01", "tz=Pacific%20Standard%20Time", "from=0001-01-01&to=9999-12-31", "from=2026-01-01&from=2026-01-02", "tz=" + new string('x', 65) })
            Assert.Equal(HttpStatusCode.BadRequest, (await caller.Get("/v1/usage?" + query)).Status);
    }

    [Fact]
    public async Task It_comes_as_a_table_too()
    {
        var app = shared.App;
        var caller = await app.Caller();
        await app.Execute("insert into usage_hours values ('2026-03-28T10:00Z', $1, '00000000-0000-0000-0000-000000000000', 'm', 'native', 3, 1, 7, 5, 6)", caller.Account);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/usage?from=2026-03-28&to=2026-03-28&groupBy=key") { Headers = { Accept = { new("text/csv") } } };
        using var answer = await caller.Http.SendAsync(request);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("start,group,requests,credits,failed,inputTokens,outputTokens\r\n2026-03-28T00:00:00Z,none,3,7,1,5,6\r\n", await answer.Content.ReadAsStringAsync());
    }

    private static async Task<IEnumerable<string>> Days(Caller caller, string query)
    {
        var (status, body) = await caller.Get("/v1/usage?" + query);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body.GetProperty("data").GetProperty("buckets").EnumerateArray().Select(bucket => $"{bucket.GetProperty("start").GetString()} {bucket.GetProperty("requests").GetInt32()}").ToArray();
    }
}
