using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Generations;

public sealed class BatchTests(TestPostgres postgres)
{
    private static readonly (string, string) Paused = ("Jobs:SlowWorkers", "0"), Unlimited = ("Plans:business:GenerationsPerMinute", "100000");

    [Fact]
    public async Task A_batch_starts_every_item_in_order_and_tells_how_far_it_is()
    {
        await using var app = await App.Scripted(postgres, Unlimited);
        var caller = await app.Caller(credits: 10);

        var (status, made) = await caller.Post("/v1/batch", new { items = new[] { Sketch("a hill"), Sketch("fail please", count: 2), Sketch("a lake") } });
        var data = made.GetProperty("data");
        var ids = data.GetProperty("generations").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()).ToArray();
        foreach (var id in ids) await caller.Ended(id);
        var (_, read) = await caller.Get($"/v1/batch/{data.GetProperty("batchId").GetGuid()}");
        var (_, listed) = await caller.Get($"/v1/generations?batchId={data.GetProperty("batchId").GetGuid()}");

        Assert.Equal((HttpStatusCode.Created, 4), (status, data.GetProperty("creditsCost").GetInt32()));
        Assert.Equal(ids, read.GetProperty("data").GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()));
        Assert.Equal((2, 1, 0), (Count(read, "completed"), Count(read, "failed"), Count(read, "queued")));
        Assert.Equal(3, listed.GetProperty("data").GetArrayLength());
        Assert.Equal(8, await caller.Balance());
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.Caller()).Get($"/v1/batch/{data.GetProperty("batchId").GetGuid()}")).Status);
        await Sound(app);
    }

    [Fact]
    public async Task Every_bad_item_is_named_and_nothing_starts()
    {
        await using var app = await App.Scripted(postgres, Paused, Unlimited);
        var caller = await app.Caller(credits: 10);
        var stranger = await app.Caller();
        var (_, foreign) = await stranger.Post("/v1/generations", Sketch("theirs"));

        var (status, body) = await caller.Post("/v1/batch", new
        {
            items = new object[] { Sketch("a hill"), Sketch(""), "no object", new { type = "text2image", provider = "studio", model = "none", prompt = "x", count = 9 } },
        });
        var (parent, wrongParent) = await caller.Post("/v1/batch", new
        {
            items = new[] { Sketch("a hill"), new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "x", parentId = foreign.GetProperty("data").GetProperty("id").GetGuid() } },
        });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["items[1].prompt", "items[2]", "items[3].count", "items[3].model"], Wrong(body).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, parent);
        Assert.Equal(["items[1].parentId"], Wrong(wrongParent));
        foreach (var items in new object[] { Array.Empty<object>(), Enumerable.Repeat(Sketch("x"), 51).ToArray(), "text" })
            Assert.Equal(HttpStatusCode.BadRequest, (await caller.Post("/v1/batch", new { items })).Status);
        Assert.Equal(10, await caller.Balance());
        Assert.Equal(0, await app.Scalar<long>("select count(*) from generations where account_id = $1", caller.Account));
    }

    [Fact]
    public async Task A_batch_that_is_too_dear_says_what_all_of_it_needs_and_leaves_nothing()
    {
        await using var app = await App.Scripted(postgres, Paused, Unlimited);
        var (poor, capped) = (await app.Caller(credits: 3), await app.Caller(credits: 100, cap: 5));
        var thirty = new { items = Enumerable.Repeat(Sketch("a hill", count: 3), 10).ToArray() };

        var (status, body) = await poor.Post("/v1/batch", thirty);
        var (capStatus, capBody) = await capped.Post("/v1/batch", thirty);

        Assert.Equal((HttpStatusCode.PaymentRequired, "You need 30 credits but only have 3."), (status, Message(body)));
        Assert.Equal((HttpStatusCode.PaymentRequired, "This key may spend 5 credits per day; 5 are left and 30 are needed."), (capStatus, Message(capBody)));
        Assert.Equal((3, 100), (await poor.Balance(), await capped.Balance()));
        Assert.Equal(0, await app.Scalar<long>("select count(*) from generations") + await app.Scalar<long>("select count(*) from jobs where kind = 'generation.submit'")
            + await app.Scalar<long>("select coalesce(sum(active + held), 0) from generation_slots") + await app.Scalar<long>("select coalesce(sum(spent), 0)::bigint from api_key_spend"));
        await Sound(app);
    }

    [Fact]
    public async Task A_batch_is_admitted_with_one_token_and_pays_for_every_item()
    {
        await using var app = await App.Scripted(postgres, Paused, ("Plans:business:GenerationsPerMinute", "2"));
        var caller = await app.Caller();

        var (admitted, _) = await caller.Post("/v1/batch", new { items = Enumerable.Repeat(Sketch("a hill"), 10).ToArray() });
        using var refused = await caller.Http.PostAsync("/v1/generations", System.Net.Http.Json.JsonContent.Create(Sketch("a hill")), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, admitted);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        // Eight owed and one wanted, at two a minute.
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), System.Globalization.CultureInfo.InvariantCulture), 240, 270);
    }

    [Fact]
    public async Task Two_to_six_models_answer_one_prompt_or_none_does()
    {
        await using var app = await App.Scripted(postgres, Unlimited);
        var caller = await app.Caller(credits: 10);
        object Model(object? own = null) => new { provider = "studio", model = "studio-sketch", @params = own };

        var (status, made) = await caller.Post("/v1/generations/compare",
            new { type = "text2image", prompt = "a hill", models = new[] { Model(), Model(new { seed = 7 }) }, @params = new { seed = 1, duration = 5 } }, "once");
        var (again, repeated) = await caller.Post("/v1/generations/compare",
            new { type = "text2image", prompt = "a hill", models = new[] { Model(), Model(new { seed = 7 }) }, @params = new { seed = 1, duration = 5 } }, "once");
        var comparison = made.GetProperty("data").GetProperty("comparisonId").GetGuid();
        var (_, listed) = await caller.Get($"/v1/generations?comparisonId={comparison}");
        var (wrong, body) = await caller.Post("/v1/generations/compare",
            new { type = "text2image", prompt = "", models = new[] { Model(), Model(new { width = 1 }), new { provider = "studio", model = "none" } }, @params = new { voice = "x" } });
        var (names, named) = await caller.Post("/v1/generations/compare",
            new { type = "text2image", prompt = "", models = new[] { Model(), Model(new { width = 1 }), new { provider = "studio", model = "none" } } });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, made.GetRawText()), (status, again, repeated.GetRawText()));
        Assert.Equal([7, 1], listed.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("params").GetProperty("seed").GetInt32()));
        Assert.All(made.GetProperty("data").GetProperty("generations").EnumerateArray(), one => Assert.Equal("duration", one.GetProperty("ignoredParams")[0].GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "params.voice"), (wrong, Wrong(body).Single()));
        Assert.Equal(HttpStatusCode.BadRequest, names);
        Assert.Equal(["models[1].params.width", "models[2].model", "prompt"], Wrong(named).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Post("/v1/generations/compare", new { type = "text2image", prompt = "x", models = new[] { Model() } })).Status);
        Assert.Equal(2, await app.Scalar<long>("select count(*) from generations"));
    }

    [Fact]
    public async Task Whatever_happens_at_once_the_books_balance_and_nothing_goes_below_zero()
    {
        await using var app = await App.Scripted(postgres, Unlimited, ("Plans:business:ConcurrentJobs", "3"), ("Plans:business:GeneralPerMinute", "100000"));
        var random = new Random(5080);
        var callers = new[] { await app.Caller(credits: 60), await app.Caller(credits: 60, cap: 25) };
        string[] prompts = ["half of it", .. Enumerable.Repeat("fail please", 15)];

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => (Caller: callers[random.Next(2)], What: random.Next(4), Size: random.Next(1, 6), Prompt: prompts[random.Next(16)], Count: random.Next(1, 4))).ToArray()
            .Select(async one =>
            {
                switch (one.What)
                {
                    case 0:
                        await one.Caller.Post("/v1/generations", Sketch(one.Prompt, one.Count));
                        break;
                    case 1:
                        await one.Caller.Post("/v1/batch", new { items = Enumerable.Repeat(Sketch(one.Prompt, one.Count), one.Size).ToArray() });
                        break;
                    case 2:
                        await one.Caller.Post("/v1/batch", new { items = Enumerable.Repeat(Sketch(one.Prompt, one.Count), one.Size).ToArray() }, $"key-{one.Size % 3}");
                        break;
                    default:
                        var (_, page) = await one.Caller.Get("/v1/generations?limit=5");
                        await Task.WhenAll(page.GetProperty("data").EnumerateArray().Select(item => one.Caller.Delete($"/v1/generations/{item.GetProperty("id").GetGuid()}")));
                        break;
                }
            }));
        for (var waited = 0; await app.Scalar<long>("select count(*) from generations where completed_at is null") > 0; waited++)
        {
            Assert.True(waited < 900, "They did not end: " + await app.Scalar<string>("select string_agg(status || ' ' || held || ' ' || n, ', ') from (select status, held, count(*) as n from generations group by 1, 2) s"));
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        await Sound(app);
        foreach (var caller in callers)
        {
            var kept = await app.Scalar<long>("select coalesce(sum(credits_cost - credits_refunded), 0)::bigint from generations where account_id = $1", caller.Account);
            Assert.Equal(60 - kept, await caller.Balance());
        }
        Assert.Equal(await app.Scalar<long>("select coalesce(sum(credits_cost - credits_refunded), 0)::bigint from generations where account_id = $1", callers[1].Account),
            await app.Scalar<long>("select coalesce(sum(spent), 0)::bigint from api_key_spend"));
        Assert.Equal(0, await app.Scalar<long>("select sum(active + held) from generation_slots"));
        Assert.Equal(0, await app.Scalar<long>("select count(*) from credit_entries where balance_after < 0"));
        Assert.Equal(await app.Scalar<long>("select count(*) from credit_entries where kind = 'reserve'"), await app.Scalar<long>("select count(*) from credit_entries where kind = 'settle'"));
    }

    private static int Count(JsonElement batch, string status) => batch.GetProperty("data").GetProperty("counts").GetProperty(status).GetInt32();

    private static string? Message(JsonElement body) => body.GetProperty("error").GetProperty("message").GetString();

    private static IEnumerable<string?> Wrong(JsonElement body) => body.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString());
}
