using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed class RecommendTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task The_prompt_chooses_the_type_and_every_model_says_why()
    {
        var app = shared.App;
        var caller = await app.Caller();
        await app.Execute("insert into model_speeds values ('studio-sketch', 9, 3000, 4000, 5000, now())");

        var pictures = await Ask(caller, new { prompt = "A quiet lake at dawn, watercolour" });
        var videos = await Ask(caller, new { prompt = "A dog running through a field, 10 seconds" });
        var voices = await Ask(caller, new { prompt = "A calm voice-over for a museum" });

        Assert.All(pictures, one => Assert.Equal("text2image", one.GetProperty("type").GetString()));
        Assert.Equal("studio-sketch", pictures[0].GetProperty("model").GetString());
        Assert.Contains("It usually takes 3 s on this server.", Reasons(pictures[0]));
        Assert.All(videos, one => Assert.Equal("text2video", one.GetProperty("type").GetString()));
        Assert.Contains(videos, one => Reasons(one).Contains("It can run for 10 s."));
        Assert.All(voices, one => Assert.Equal("audio", one.GetProperty("type").GetString()));
        foreach (var one in pictures.Concat(videos).Concat(voices))
        {
            Assert.NotEqual("sandbox", one.GetProperty("provider").GetString());
            Assert.InRange(one.GetProperty("score").GetInt32(), 0, 100);
            if (!one.GetProperty("available").GetBoolean()) Assert.Contains(Reasons(one), reason => reason!.StartsWith("It cannot run here now.", StringComparison.Ordinal));
        }
        Assert.Equal(pictures.OrderByDescending(one => one.GetProperty("available").GetBoolean()).ThenByDescending(one => one.GetProperty("score").GetInt32()).Select(one => one.GetProperty("model").GetString()),
            pictures.Select(one => one.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task Its_credits_are_what_the_estimate_says_and_none_is_dearer_than_asked()
    {
        var app = shared.App;
        var caller = await app.Caller();

        var cheap = await Ask(caller, new { prompt = "A poster with the words \"Open day\"", priority = "cost", maxCredits = 5 });
        Assert.NotEmpty(cheap);
        foreach (var one in cheap)
        {
            Assert.InRange(one.GetProperty("credits").GetInt64(), 0, 5);
            var (_, estimate) = await caller.Post("/v1/credits/estimate", new { type = one.GetProperty("type").GetString(), provider = one.GetProperty("provider").GetString(), model = one.GetProperty("model").GetString() });
            Assert.Equal(estimate.GetProperty("credits").GetInt64(), one.GetProperty("credits").GetInt64());
        }
    }

    [Fact]
    public async Task Strangers_may_ask_and_bad_questions_name_every_field()
    {
        var app = shared.App;
        using var answer = await app.CreateClient().PostAsync("/v1/models/recommend", System.Net.Http.Json.JsonContent.Create(new { prompt = "a hill" }), TestContext.Current.CancellationToken);
        var (status, body) = await (await app.Caller()).Post("/v1/models/recommend", new { type = "poem", priority = "luck", maxCredits = -1 });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["maxCredits", "priority", "prompt", "type"], body.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()).Order(StringComparer.Ordinal));
    }

    private static async Task<JsonElement[]> Ask(Caller caller, object question)
    {
        var (status, body) = await caller.Post("/v1/models/recommend", question);
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. body.GetProperty("data").EnumerateArray()];
    }

    private static string?[] Reasons(JsonElement one) => [.. one.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString())];
}
