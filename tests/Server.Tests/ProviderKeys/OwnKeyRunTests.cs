using System.Net;
using Rpd.Server.Catalog;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Tests.ProviderKeys;

public sealed class OwnKeyRunTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_run_with_an_own_key_reaches_the_vendor_with_that_key_alone_and_costs_the_fee()
    {
        var (world, kling) = await KeyOwner.World(postgres);
        await using var _ = world;
        var caller = world.Caller;
        var usual = await caller.Estimate();
        Assert.Equal((10, false), (usual.GetProperty("credits").GetInt64(), usual.GetProperty("ownKey").GetBoolean()));

        var stored = await caller.Bring();
        Assert.Equal(("•••7731", System.Text.Json.JsonValueKind.String, System.Text.Json.JsonValueKind.Null),
            (stored.GetProperty("hint").GetString(), stored.GetProperty("checkedAt").ValueKind, stored.GetProperty("notice").ValueKind));
        var fee = await caller.Estimate();
        Assert.Equal((2, true, 10), (fee.GetProperty("credits").GetInt64(), fee.GetProperty("ownKey").GetBoolean(), fee.GetProperty("usualCredits").GetInt64()));

        var before = await caller.Balance();
        kling.Requests.Clear();
        var run = await world.Run(world.Video(), "text2video");
        Assert.Equal(("completed", 2, true), (run.GetProperty("status").GetString(), run.GetProperty("creditsCost").GetInt64(), run.GetProperty("ownKey").GetBoolean()));
        Assert.Equal((2, 2), (run.GetProperty("receipt").GetProperty("captured").GetInt64(), before - await caller.Balance()));
        Assert.Equal([KeyOwner.Key], kling.KeysSeen());
        Assert.Contains(kling.Requests, kling.Asks);
        Assert.Empty(kling.Faults);
        Assert.True(await world.App.Scalar<bool>("select bool_and(own_key) from submissions"));
        Assert.Equal(System.Text.Json.JsonValueKind.String, (await caller.Get("/v1/provider-keys/kling")).Body.GetProperty("data").GetProperty("usedAt").ValueKind);
        await world.Settled(before);
    }

    [Fact]
    public async Task A_model_that_the_operator_has_not_connected_runs_for_whoever_has_a_key_and_for_nobody_else()
    {
        var (world, kling) = await KeyOwner.World(postgres, KeyOwner.Unconfigured);
        await using var _ = world;
        var other = await world.App.Caller();
        Assert.False(await Available(world.Caller));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Started(world.Caller));

        await world.Caller.Bring();
        Assert.Equal((true, false), (await Available(world.Caller), await Available(other)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Started(other));
        Assert.Equal("completed", (await world.Run(world.Video(), "text2video")).GetProperty("status").GetString());
        Assert.Equal([KeyOwner.Key], kling.KeysSeen());

        var visitor = await PageVisitor.SignIn(world.App, world.Caller.Account);
        var price = await visitor.Get("/playground/price?type=text2video&model=kling-3.0&provider=kling", "price");
        Assert.Contains("your own key", await price.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("model=kling-3.0", await visitor.Read("/playground?type=text2video"), StringComparison.Ordinal);
        var stranger = await PageVisitor.SignIn(world.App, other.Account);
        Assert.DoesNotContain("model=kling-3.0", await stranger.Read("/playground?type=text2video"), StringComparison.Ordinal);

        async Task<bool> Available(Caller caller) => (await caller.Get("/v1/models/kling-3.0")).Body.GetProperty("data").GetProperty("available").GetBoolean();
        async Task<HttpStatusCode> Started(Caller caller) => (await caller.Post("/v1/generations", world.Request(world.Video(), "text2video", "a hill"))).Status;
    }

    [Fact]
    public async Task What_waits_or_runs_when_its_key_is_removed_ends_with_its_credits_back_and_never_on_the_operators_key()
    {
        var (world, kling) = await KeyOwner.World(postgres, ("Plans:business:ConcurrentJobs", "1"));
        await using var _ = world;
        kling.Looks = 1_000_000;
        await world.Caller.Bring();
        var before = await world.Caller.Balance();
        kling.Requests.Clear();
        var running = await world.Begin(world.Video(), "text2video");
        await kling.Working(1);
        var waiting = await world.Begin(world.Video(), "text2video");

        Assert.Equal(HttpStatusCode.OK, (await world.Caller.Delete("/v1/provider-keys/kling")).Status);
        foreach (var id in new[] { running, waiting })
        {
            var ended = await world.Ended(id);
            Assert.Equal(("failed", "insufficient_quota"), (ended.GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("code").GetString()));
            Assert.Contains("your own key for kling, which has been removed", ended.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal((1, before), (kling.Jobs, await world.Caller.Balance()));
        Assert.Equal([KeyOwner.Key], kling.KeysSeen());
        await world.Settled(before);
    }

    [Fact]
    public async Task A_run_goes_on_with_the_key_that_has_replaced_its_own()
    {
        var (world, kling) = await KeyOwner.World(postgres);
        await using var _ = world;
        kling.Looks = 1_000_000;
        await world.Caller.Bring();
        var id = await world.Begin(world.Video(), "text2video");
        await kling.Working(1);
        await world.Caller.Bring(KeyOwner.Newer);
        kling.Customers = [KeyOwner.Newer];
        kling.Looks = 1;

        Assert.Equal("completed", (await world.Ended(id)).GetProperty("status").GetString());
        Assert.Equal($"Bearer {KeyOwner.Newer}", kling.Requests.Last(kling.Asks).Header("Authorization"));
        Assert.DoesNotContain(KeyOwner.Operators, kling.KeysSeen());
    }

    [Fact]
    public async Task A_run_that_waits_is_not_sent_with_a_newer_key_that_does_not_open_its_model()
    {
        var (world, kling) = await KeyOwner.World(postgres, ("Plans:business:ConcurrentJobs", "1"), ("Remote:PatienceSeconds", "0"));
        await using var _ = world;
        kling.Looks = 1_000_000;
        await world.Caller.Bring();
        var before = await world.Caller.Balance();
        var running = await world.Begin(world.Video(), "text2video");
        await kling.Working(1);
        var waiting = await world.Begin(world.Catalog.Find("kling-3.0-turbo")!, "text2video");
        var (status, body) = await world.Caller.Put(new { accessKey = "kling-access-key", secretKey = "kling-secret-key-9876543210" });
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        Assert.Equal(HttpStatusCode.OK, (await world.Caller.Delete($"/v1/generations/{running}")).Status);

        var ended = await world.Ended(waiting);
        Assert.Equal(("failed", "unavailable"), (ended.GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal((1, before), (kling.Jobs, await world.Caller.Balance()));
    }

    [Fact]
    public async Task A_key_that_the_vendor_has_come_to_refuse_ends_the_run_in_its_words_and_the_operators_does_not_step_in()
    {
        var (world, kling) = await KeyOwner.World(postgres);
        await using var _ = world;
        await world.Caller.Bring();
        var before = await world.Caller.Balance();
        kling.Customers = [];
        kling.Requests.Clear();

        var ended = await world.Run(world.Video(), "text2video");
        Assert.Equal(("failed", "insufficient_quota"), (ended.GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains("refuses your own key: Authorization is invalid", ended.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal([KeyOwner.Key], kling.KeysSeen());
        await world.Settled(before);
        Assert.Equal(before, await world.Caller.Balance());
    }

    [Fact]
    public async Task Own_runs_do_not_take_the_operators_places_at_the_vendor()
    {
        var (world, kling) = await KeyOwner.World(postgres, ("Providers:kling:RunsAtOnce", "1"));
        await using var _ = world;
        kling.Looks = 1_000_000;
        var first = await world.Begin(world.Video(), "text2video");
        await kling.Working(1);
        var second = await world.Begin(world.Video(), "text2video");
        await world.Caller.Bring();
        var own = await world.Begin(world.Video(), "text2video");
        await kling.Working(2);

        Assert.Equal(0, await world.App.Scalar<long>("select count(*) from submissions where generation_id = $1", second));
        // What began before the key was there stays the operator's.
        Assert.Equal((false, true), (await world.App.Scalar<bool>("select own_key from submissions where generation_id = $1", first), await world.App.Scalar<bool>("select own_key from submissions where generation_id = $1", own)));
        kling.Looks = 1;
        foreach (var (id, cost) in new[] { (first, 10), (second, 10), (own, 2) }) Assert.Equal(cost, (await world.Ended(id)).GetProperty("creditsCost").GetInt64());
    }

    [Fact]
    public async Task A_pair_opens_what_it_opens_and_the_rest_stays_with_the_operator()
    {
        var (world, kling) = await KeyOwner.World(postgres);
        await using var _ = world;
        var (status, body) = await world.Caller.Put(new { accessKey = "kling-access-key", secretKey = "kling-secret-key-9876543210" });
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        Assert.Equal("•••-key", body.GetProperty("data").GetProperty("hint").GetString());

        Assert.True((await world.Caller.Estimate()).GetProperty("ownKey").GetBoolean());
        Assert.False((await world.Caller.Estimate("kling-3.0-turbo")).GetProperty("ownKey").GetBoolean());
        kling.Requests.Clear();
        Assert.Equal("completed", (await world.Run(world.Catalog.Find("kling-3.0-turbo")!, "text2video")).GetProperty("status").GetString());
        Assert.Equal([KeyOwner.Operators], kling.KeysSeen());
    }

    [Fact]
    public async Task A_call_about_an_own_run_is_not_held_against_the_operators_signature()
    {
        var (world, kling) = await KeyOwner.World(postgres, ("Providers:kling:WebhookSecret", "whsec_c2VjcmV0LW9mLXRoZS1vcGVyYXRvcg=="));
        await using var _ = world;
        kling.Looks = 1_000_000;
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(await world.Begin(world.Video(), "text2video"), 1));
        await world.Caller.Bring();
        Assert.Equal(HttpStatusCode.OK, await Call(await world.Begin(world.Video(), "text2video"), 2));

        async Task<HttpStatusCode> Call(Guid id, int jobs)
        {
            await kling.Working(jobs);
            var submission = await world.App.Scalar<Guid>("select id from submissions where generation_id = $1", id);
            var address = kling.Requests.Where(kling.Starts).Select(request => Find(request.Json, "callback_url")).Last(found => found!.Contains(submission.ToString(), StringComparison.Ordinal))!;
            var http = world.App.CreateClient();
            using var content = new StringContent("""{"id":"something"}""", System.Text.Encoding.UTF8, "application/json");
            return (await http.PostAsync(new Uri(new Uri(address).AbsolutePath, UriKind.Relative), content)).StatusCode;
        }

        static string? Find(System.Text.Json.JsonElement json, string name) => json.ValueKind != System.Text.Json.JsonValueKind.Object ? null
            : json.TryGetProperty(name, out var found) ? found.GetString() : json.EnumerateObject().Select(member => Find(member.Value, name)).FirstOrDefault(value => value is not null);
    }

    [Fact]
    public async Task A_test_key_pays_the_usual_price_of_its_play()
    {
        var (world, _) = await KeyOwner.World(postgres);
        await using var over = world;
        await world.Caller.Bring();
        var test = await world.App.TestCaller(world.Caller);
        var estimate = await test.Estimate();
        Assert.Equal((10, false), (estimate.GetProperty("credits").GetInt64(), estimate.GetProperty("ownKey").GetBoolean()));
    }

    [Theory]
    [InlineData(0, 20, 0)]
    [InlineData(1, 20, 1)]
    [InlineData(5, 20, 1)]
    [InlineData(6, 20, 2)]
    [InlineData(10, 20, 2)]
    [InlineData(10, 0, 1)]
    [InlineData(7, 100, 7)]
    [InlineData(101, 33, 34)]
    public void The_fee_is_a_share_of_the_price_rounded_up_and_1_at_least(long usual, int percent, long fee)
    {
        var keys = new OwnKeys(new Dictionary<string, VendorAccess>(), percent);

        Assert.Equal((fee, true, usual), keys.Fee(new EstimateView(usual, new("image", 1, 1, 1, usual))) is var price ? (price.Credits, price.OwnKey, price.UsualCredits!.Value) : default);
    }
}
