using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Generations.Inputs;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed class RecommendPriorityTests(TestPostgres postgres)
{
    [Fact]
    public async Task Who_looks_at_the_cost_is_led_to_a_cheaper_model_than_who_looks_at_the_quality()
    {
        // With a vendor who has models of several qualities and prices.
        await using var app = await App.Scripted(postgres, new FilmProvider([]));
        var caller = await app.Caller();

        var (cheap, good) = (await First(caller, "cost"), await First(caller, "quality"));

        Assert.True(cheap.GetProperty("credits").GetInt64() < good.GetProperty("credits").GetInt64(), $"{cheap}\n{good}");
        Assert.NotEqual(cheap.GetProperty("model").GetString(), good.GetProperty("model").GetString());
        Assert.True(cheap.GetProperty("available").GetBoolean() && good.GetProperty("available").GetBoolean());
    }

    private static async Task<JsonElement> First(Caller caller, string priority)
    {
        var (status, body) = await caller.Post("/v1/models/recommend", new { prompt = "A meadow in the wind", type = "text2video", priority });
        Assert.Equal(HttpStatusCode.OK, status);
        return body.GetProperty("data")[0];
    }
}
