using System.Net;
using System.Text.Json;
using Rpd.Server.OpenApi;
using Rpd.Server.Tests.Support;
using Rpd.Shared.Generations;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Generations;

public sealed class GenerationAnswerTests(TestPostgres postgres)
{
    private static readonly (string, string) Paused = ("Jobs:SlowWorkers", "0"), Unlimited = ("Plans:business:GenerationsPerMinute", "100000");

    [Fact]
    public async Task What_has_just_been_started_has_the_members_of_what_is_read_later_and_the_same_in_them()
    {
        await using var app = await App.Scripted(postgres, Paused);
        var caller = await app.Caller();
        var (_, parent) = await caller.Post("/v1/generations", Sketch("a lake"));

        var (_, created) = await caller.Post("/v1/generations", new
        {
            type = "text2image",
            provider = "studio",
            model = "studio-sketch",
            prompt = "a hill",
            negativePrompt = "fog",
            title = "Hill",
            count = 2,
            visibility = "unlisted",
            @params = new { seed = 7 },
            parentId = parent.GetProperty("data").GetProperty("id").GetGuid(),
        });
        var read = (await caller.Get($"/v1/generations/{created.GetProperty("data").GetProperty("id").GetGuid()}")).Body.GetProperty("data");

        Assert.Equal(Schemas.Properties(typeof(GenerationView)).Select(Schemas.NameOf).Order(StringComparer.Ordinal), Names(created.GetProperty("data")));
        Assert.Equal(Names(read), Names(created.GetProperty("data")));
        // Known when it is read.
        string[] later = ["queuePosition", "etaSeconds", "refundAt"];
        foreach (var member in created.GetProperty("data").EnumerateObject().Where(member => !later.Contains(member.Name)))
            Assert.Equal(read.GetProperty(member.Name).GetRawText(), member.Value.GetRawText());

        static IEnumerable<string> Names(JsonElement body) => body.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_was_free_or_paid_from_a_test_balance_has_a_receipt_too()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 5);
        var (_, free) = await caller.Post("/v1/generations", new { type = "text2image", provider = "sandbox", model = "sandbox-success", prompt = "a hill" });

        var ended = await caller.Ended(free.GetProperty("data").GetProperty("id").GetGuid());

        var receipt = ended.GetProperty("receipt");
        Assert.Equal((0, 0, 0, JsonValueKind.Null), (receipt.GetProperty("reserved").GetInt32(), receipt.GetProperty("captured").GetInt32(), receipt.GetProperty("refunded").GetInt32(), receipt.GetProperty("balanceAfter").ValueKind));
        Assert.EndsWith("Z", ended.GetProperty("createdAt").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("Z", ended.GetProperty("completedAt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_items_of_full_length_are_one_batch_in_any_script()
    {
        await using var app = await App.Scripted(postgres, Paused, Unlimited);
        var caller = await app.Caller(credits: 50);
        var text = new string('絵', 4000);

        var (status, body) = await caller.Post("/v1/batch", new
        {
            items = Enumerable.Repeat(new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = text, negativePrompt = text }, 50),
        });

        Assert.True(status == HttpStatusCode.Created, body.ToString());
        Assert.Equal((50L, 0L), (await app.Scalar<long>("select count(*) from generations where length(prompt) = 4000 and length(negative_prompt) = 4000"), await caller.Balance()));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await caller.Post("/v1/generations", new { prompt = new string('x', 300_000) })).Status);
    }

    [Fact]
    public async Task A_comparison_names_every_mistake_once_whether_or_not_its_models_can_be_read()
    {
        await using var app = await App.Scripted(postgres, Paused);
        var caller = await app.Caller();
        var models = Enumerable.Repeat(new { provider = "studio", model = "studio-sketch" }, 3).ToArray();

        var without = Wrong(await caller.Post("/v1/generations/compare", new { type = "poem", prompt = 5, models = "all", visibility = "nobody" }));
        var forbidden = Wrong(await caller.Post("/v1/generations/compare", new { type = "text2image", prompt = "p0rn", models }));
        var foreign = Wrong(await caller.Post("/v1/generations/compare", new { type = "text2image", prompt = "a hill", models, parentId = Guid.NewGuid() }));

        Assert.Equal(["models", "prompt", "type", "visibility"], without);
        Assert.Equal(["prompt"], forbidden);
        Assert.Equal(["parentId"], foreign);
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://[::ffff:10.0.0.1]/hook")]
    [InlineData("https://example.com:25/hook")]
    public async Task An_address_that_may_not_be_told_is_refused_before_anything_is_paid(string webhookUrl)
    {
        await using var app = await App.Scripted(postgres, Paused);
        var caller = await app.Caller();

        var answer = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", webhookUrl });

        Assert.Equal(["webhookUrl"], Wrong(answer));
        Assert.Equal(1000, await caller.Balance());
    }

    [Theory]
    [InlineData("/v1/generations?limit=0&status=done&cursor=x", "cursor", "limit", "status")]
    [InlineData("/v1/explore?limit=0&period=year", "limit", "period")]
    [InlineData("/v1/files?limit=0&status=done", "limit", "status")]
    [InlineData("/v1/templates?limit=0&owner=you", "limit", "owner")]
    public async Task A_list_names_every_mistake_at_once(string path, params string[] fields)
    {
        await using var app = await App.Scripted(postgres, Paused);

        Assert.Equal(fields, Wrong(await (await app.Caller()).Get(path)));
    }

    private static IEnumerable<string> Wrong((HttpStatusCode Status, JsonElement Body) answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        return answer.Body.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()!).Order(StringComparer.Ordinal);
    }
}
