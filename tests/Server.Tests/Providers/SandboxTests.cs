using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Providers;

/// <summary>Every way in which work can end, and test keys, which play them with any model.</summary>
public sealed class SandboxTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("text2image", "image/png")]
    [InlineData("text2video", "video/mp4")]
    [InlineData("audio", "audio/wav")]
    public async Task It_makes_honest_media_of_the_size_and_length_that_were_asked_for(string type, string contentType)
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 0);

        var ended = await Ended(caller, Body("sandbox", "sandbox-success", type, new { width = 320, height = 180, duration = 2 }));
        var output = ended.GetProperty("outputs")[0];

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal((0, contentType), (ended.GetProperty("creditsCost").GetInt32(), output.GetProperty("contentType").GetString()));
        if (type != "audio") Assert.Equal((320, 180), (output.GetProperty("width").GetInt32(), output.GetProperty("height").GetInt32()));
        if (type != "text2image") Assert.Equal(2, output.GetProperty("durationSeconds").GetDouble(), 0.2);
    }

    [Theory]
    [InlineData("sandbox-failure", "internal")]
    [InlineData("sandbox-moderation", "content_policy")]
    [InlineData("sandbox-down", "unavailable")]
    [InlineData("sandbox-timeout", "timed_out")]
    public async Task It_fails_as_it_is_asked_to(string model, string code)
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 0);

        var ended = await Ended(caller, Body("sandbox", model, "text2image", model == "sandbox-timeout" ? new { deadline = 1 } : new { }));

        Assert.Equal(("failed", code), (ended.GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("sandbox-slow")]
    [InlineData("sandbox-flaky-callback")]
    [InlineData("sandbox-duplicate-callback")]
    public async Task What_goes_on_elsewhere_is_collected_once(string model)
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 0);

        var ended = await Ended(caller, Body("sandbox", model, "text2image", new { delay = 2, width = 64, height = 64 }));

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        await Until(async () => await app.Scalar<long>("select count(*) from jobs where kind like 'generation.%'") == 0);
        Assert.Equal(1, await app.Scalar<long>("select count(*) from events where name = 'generation.completed'"));
        Assert.Equal(1, await app.Scalar<long>("select count(*) from outputs"));
        await Sound(app);
    }

    [Fact]
    public async Task Output_that_comes_after_our_deadline_is_delivered_free()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 100);
        var (_, made) = await caller.Post("/v1/generations", Body("sandbox", "sandbox-late-success", "text2image", new { deadline = 5, delay = 20, width = 64, height = 64 }));
        var id = made.GetProperty("data").GetProperty("id").GetGuid();

        var failed = await caller.Ended(id);
        Assert.Equal(("failed", "timed_out"), (failed.GetProperty("status").GetString(), failed.GetProperty("error").GetProperty("code").GetString()));
        await Until(async () => (await caller.Get($"/v1/generations/{id}")).Body.GetProperty("data").GetProperty("status").GetString() == "completed");

        var (_, delivered) = await caller.Get($"/v1/generations/{id}");
        Assert.Equal(1, delivered.GetProperty("data").GetProperty("outputUrls").GetArrayLength());
        Assert.Equal(delivered.GetProperty("data").GetProperty("creditsCost").GetInt64(), delivered.GetProperty("data").GetProperty("creditsRefunded").GetInt64());
        Assert.Equal(100, await caller.Balance());
        Assert.Equal(0, await app.Scalar<long>("select sum(active + held) from generation_slots"));
        await Sound(app);
    }

    [Fact]
    public async Task With_a_test_key_the_documented_example_works_on_a_fresh_install()
    {
        await using var app = await App.Start(postgres);
        var live = await app.Caller(credits: 0);
        var test = await app.TestCaller(live);

        var (status, created) = await test.Post("/v1/generations", Body("kling", "kling-3.0", "text2video", new { duration = 5, aspectRatio = "16:9" }));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        var ended = await test.Ended(id);

        Assert.Equal((HttpStatusCode.Created, 10), (status, created.GetProperty("data").GetProperty("creditsCost").GetInt32()));
        Assert.Equal(("completed", "video/mp4"), (ended.GetProperty("status").GetString(), ended.GetProperty("outputs")[0].GetProperty("contentType").GetString()));
        Assert.Equal((990, 0), (await test.Balance(), await live.Balance()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await live.Post("/v1/generations", Body("kling", "kling-3.0", "text2video", new { duration = 5 }))).Status);
    }

    [Fact]
    public async Task Test_runs_and_live_ones_do_not_see_each_other_and_leave_no_trace_in_the_books()
    {
        await using var app = await App.Start(postgres);
        var live = await app.Caller(credits: 10);
        var test = await app.TestCaller(live);
        var (_, created) = await test.Post("/v1/generations", Sketch("a hill"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await test.Ended(id);

        Assert.Equal(HttpStatusCode.NotFound, (await live.Get($"/v1/generations/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await live.Delete($"/v1/generations/{id}?purge=true")).Status);
        Assert.Equal(0, (await live.Get("/v1/generations")).Body.GetProperty("data").GetArrayLength());
        Assert.Equal(1, (await test.Get("/v1/generations")).Body.GetProperty("data").GetArrayLength());
        Assert.Equal(HttpStatusCode.Conflict, (await test.Patch($"/v1/generations/{id}", new { visibility = "public" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await test.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "x", visibility = "public" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await test.Patch($"/v1/generations/{id}", new { title = "mine" })).Status);
        Assert.Equal(0, (await test.Get("/v1/credits/history")).Body.GetProperty("data").GetArrayLength());
        Assert.Equal(0, await app.Scalar<long>("select count(*) from usage_hours"));
        Assert.Equal(10, await live.Balance());
        await Sound(app);
    }

    [Fact]
    public async Task A_word_in_the_prompt_chooses_how_any_model_ends_and_failures_return_test_credits()
    {
        await using var app = await App.Start(postgres, ("Credits:TestDaily", "30"));
        var test = await app.TestCaller(await app.Caller(credits: 0));

        var refused = await Ended(test, Body("kling", "kling-3.0", "text2video", new { duration = 5 }, "a dog sandbox:moderation"));
        var late = await Ended(test, Body("kling", "kling-3.0", "text2video", new { duration = 5 }, "sandbox:timeout"));

        Assert.Equal("content_policy", refused.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("timed_out", late.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(30, await test.Balance());
    }

    [Fact]
    public async Task The_test_balance_is_exact_whatever_comes_at_once_and_full_again_the_next_day()
    {
        await using var app = await App.Start(postgres, ("Credits:TestDaily", "25"), ("Jobs:SlowWorkers", "0"), ("Plans:business:GenerationsPerMinute", "100000"));
        var test = await app.TestCaller(await app.Caller(credits: 0));

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => number % 3 == 0
            ? test.Post("/v1/batch", new { items = Enumerable.Repeat(Sketch("a hill", count: 2), 2).ToArray() }) : test.Post("/v1/generations", Sketch("a hill", count: 3))));
        var spent = answers.Where(answer => answer.Status == HttpStatusCode.Created).Sum(answer => answer.Body.GetProperty("data").GetProperty("creditsCost").GetInt64());
        var (_, tooDear) = await test.Post("/v1/batch", new { items = Enumerable.Repeat(Sketch("a hill", count: 4), 10).ToArray() });

        // What is refused in the end is refused three credits: fewer are left.
        Assert.InRange(spent, 23, 25);
        Assert.Equal(25 - spent, await test.Balance());
        Assert.Equal($"You need 40 credits but only have {25 - spent}.", tooDear.GetProperty("error").GetProperty("message").GetString());
        await app.Execute("update test_balances set day = day - 1");
        Assert.Equal(25, await test.Balance());
        Assert.Equal(HttpStatusCode.Created, (await test.Post("/v1/generations", Sketch("a hill", count: 4))).Status);
        Assert.Equal(21, await test.Balance());
    }

    [Fact]
    public async Task A_test_key_takes_no_cap()
    {
        await using var app = await App.Start(postgres);
        var live = await app.Caller();

        var (status, body) = await live.Post("/v1/keys", new { name = "t", test = true, scopes = new[] { "read" }, cap = new { credits = 5, period = "day" } });

        Assert.Equal((HttpStatusCode.BadRequest, "cap"), (status, body.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString()));
    }

    private static object Body(string provider, string model, string type, object parameters, string prompt = "a dog") => new { type, provider, model, prompt, @params = parameters };

    private static async Task<JsonElement> Ended(Caller caller, object body)
    {
        var (status, created) = await caller.Post("/v1/generations", body);
        Assert.True(status == HttpStatusCode.Created, created.GetRawText());
        return await caller.Ended(created.GetProperty("data").GetProperty("id").GetGuid());
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var waited = 0; !await done(); waited++)
        {
            Assert.True(waited < 300, "It did not happen.");
            await Task.Delay(100);
        }
    }
}
