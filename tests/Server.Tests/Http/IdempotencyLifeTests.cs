using System.Net;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Http;

public sealed class IdempotencyLifeTests(TestPostgres postgres)
{
    [Fact]
    public async Task After_a_day_a_key_may_be_used_anew()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller();
        var (wish, another) = (new { name = "first", scopes = new[] { "read" } }, new { name = "second", scopes = new[] { "read" } });
        var (_, first) = await caller.Post("/v1/keys", wish, "key-1");

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var (again, repeated) = await caller.Post("/v1/keys", wish, "key-1");
        var (mismatch, _) = await caller.Post("/v1/keys", another, "key-1");
        clock.Advance(TimeSpan.FromSeconds(2));
        var (anew, second) = await caller.Post("/v1/keys", another, "key-1");
        var (_, repeatedAnew) = await caller.Post("/v1/keys", another, "key-1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created), (again, mismatch, anew));
        Assert.Equal(Id(first), Id(repeated));
        Assert.NotEqual(Id(first), Id(second));
        Assert.Equal(Id(second), Id(repeatedAnew));
    }

    [Fact]
    public async Task A_test_key_and_a_live_one_do_not_meet_under_the_same_idempotency_key()
    {
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "0"));
        var live = await app.Caller();
        var test = await app.TestCaller(live);

        var (liveStatus, liveBody) = await live.Post("/v1/generations", Sketch("a hill"), "key-1");
        var (testStatus, testBody) = await test.Post("/v1/generations", Sketch("a lake"), "key-1");
        var (_, liveAgain) = await live.Post("/v1/generations", Sketch("a hill"), "key-1");
        var (_, testAgain) = await test.Post("/v1/generations", Sketch("a lake"), "key-1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (liveStatus, testStatus));
        Assert.NotEqual(Id(liveBody), Id(testBody));
        Assert.Equal((Id(liveBody), Id(testBody)), (Id(liveAgain), Id(testAgain)));
        Assert.Equal("1 live, 1 test", await app.Scalar<string>("select count(*) filter (where not test) || ' live, ' || count(*) filter (where test) || ' test' from generations"));
    }

    private static Guid Id(System.Text.Json.JsonElement body) => body.GetProperty("data").GetProperty("id").GetGuid();
}
