using System.Net;
using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Catalog;

/// <summary>Which price tiers stop the start, and what becomes of requests that have no price or are impossible.</summary>
public sealed class TierRuleTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Covered = """[{"when":{"resolution":"720p","audio":false},"creditsPerSecond":2},{"when":{"resolution":"1080p"},"creditsPerSecond":3},{"when":{"resolution":"720p","audio":true},"creditsPerSecond":4}]""";

    [Fact]
    public void Tiers_that_cover_all_that_can_be_asked_for_are_fine() => Assert.Empty(Faults(Covered));

    [Theory]
    [InlineData("""[{"when":{"colour":"red"},"creditsPerSecond":2}]""", "price tier 1: the model has no param colour")]
    [InlineData("""[{"when":{"resolution":"8k"},"creditsPerSecond":2}]""", "price tier 1: resolution is never 8k")]
    [InlineData("""[{"when":{"resolution":["720p","8k"]},"creditsPerSecond":2}]""", "resolution is never 8k")]
    [InlineData("""[{"when":{"resolution":true},"creditsPerSecond":2}]""", "resolution cannot be switched off")]
    [InlineData("""[{"when":{"audio":"loud"},"creditsPerSecond":2}]""", "audio is never loud")]
    [InlineData("""[{"when":{"type":"upscale"},"creditsPerSecond":2}]""", "the model does not do upscale")]
    [InlineData("""[{"when":{"resolution":[]},"creditsPerSecond":2}]""", "resolution has no value")]
    [InlineData("""[{"when":{"resolution":"720p"},"creditsPerSecond":2}]""", "no price tier for text2video, resolution 1080p")]
    [InlineData("""[{"when":{},"creditsPerSecond":2},{"when":{"resolution":"1080p"},"creditsPerSecond":3}]""", "price tier 2 is never reached")]
    [InlineData("""[{"when":{"resolution":"720p"},"creditsPerSecond":5},{"when":{"resolution":"1080p"},"creditsPerSecond":6}]""", "its rate is 2, and a request that says nothing costs 5")]
    [InlineData("""[{"when":{"resolution":"720p"},"creditsPerSecond":2},{"when":{"resolution":"1080p"},"creditsPerSecond":0.001}]""", "0.001 is not a rate")]
    public void What_is_wrong_with_a_tier_is_said(string tiers, string fault) => Assert.Contains(Faults(tiers), said => said.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void What_does_not_go_together_needs_no_price()
    {
        const string tiers = """[{"when":{"resolution":"720p"},"creditsPerSecond":2},{"when":{"resolution":"1080p"},"creditsPerSecond":3},{"when":{"resolution":"720p","audio":true},"creditsPerSecond":4}]""";
        Assert.Contains(Faults(tiers), fault => fault.Contains("price tier 3 is never reached", StringComparison.Ordinal));
        const string partly = """[{"when":{"resolution":"720p","audio":false},"creditsPerSecond":2},{"when":{"resolution":"1080p"},"creditsPerSecond":3}]""";
        Assert.Contains(Faults(partly), fault => fault.Contains("no price tier for text2video, resolution 720p, audio native", StringComparison.Ordinal));
        Assert.Empty(Faults(partly, """,  "audioRequiresResolution": "1080p" """));
    }

    [Theory]
    [InlineData("kling-2.6", "kling", """{"duration":5,"audio":"native"}""", "params.resolution", "must be 1080p with audio")]
    [InlineData("kling-2.6", "kling", """{"duration":5,"audio":"native","resolution":"720p"}""", "params.resolution", "must be 1080p with audio")]
    [InlineData("gemini-omni-1.1-flash", "google", """{"duration":5,"resolution":"4k"}""", "params", "with resolution 4k is not known")]
    [InlineData("luma-ray-3.2", "luma", """{"duration":10,"resolution":"1080p"}""", "params", "is not known")]
    public async Task A_combination_that_is_impossible_or_has_no_price_is_refused_in_words(string model, string provider, string parameters, string field, string said)
    {
        var caller = await shared.App.Caller();
        var (status, body) = await caller.Post("/v1/credits/estimate", new { type = "text2video", provider, model, @params = JsonElement.Parse(parameters) });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var detail = body.GetProperty("error").GetProperty("details")[0];
        Assert.Equal(field, detail.GetProperty("field").GetString());
        Assert.Contains(said, detail.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kling-2.6", "kling", "text2video", """{"duration":5,"audio":"native","resolution":"1080p"}""", 18)]
    [InlineData("kling-3.0-omni", "kling", "video2video", """{"duration":5,"resolution":"1080p"}""", 20)]
    [InlineData("kling-3.0-omni", "kling", "text2video", """{"duration":5,"resolution":"1080p"}""", 15)]
    [InlineData("veo-3.1", "google", "text2video", """{"duration":4,"audio":true}""", 40)]
    [InlineData("gpt-image-2", "openai", "text2image", """{"quality":"high","size":"3840x2160"}""", 40)]
    public async Task What_is_dearer_at_the_vendor_is_dearer_here(string model, string provider, string type, string parameters, long credits)
    {
        var caller = await shared.App.Caller();
        var (_, body) = await caller.Post("/v1/credits/estimate", new { type, provider, model, @params = JsonElement.Parse(parameters) });

        Assert.Equal(credits, body.GetProperty("credits").GetInt64());
    }

    private static IReadOnlyList<string> Faults(string tiers, string more = "") => [.. ModelCatalog.Faults(JsonSerializer.Deserialize<CatalogEntry>($$"""
        {"id":"made-up","provider":"nobody","displayName":"Made up","description":"","supportedTypes":["text2video"],"speed":"fast","quality":"high","creditCostPerSecond":2,"billingUnit":"second",
         "supportsAudio":true,"requiredInputs":{},"lifecycle":{"status":"active"},"enabledByDefault":true,
         "params":{"resolutions":["720p","1080p"],"defaultResolution":"720p","audio":["native","off"],"durations":[5,10]{{more}}},"priceTiers":{{tiers}}}
        """, JsonSerializerOptions.Web)!)];
}
