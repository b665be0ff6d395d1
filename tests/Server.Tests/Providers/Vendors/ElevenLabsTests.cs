using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Server.Providers.ElevenLabs;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class ElevenLabsTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new ElevenLabsServer();

    private protected override (string Model, string Type) Usual => ("eleven-multilingual-v2", "audio");
}

/// <summary>What is ElevenLabs' own.</summary>
public sealed class ElevenLabsWireTests(TestPostgres postgres)
{
    private static readonly ElevenLabsVendor ElevenLabs = new();

    [Theory]
    [InlineData(400, "max_character_limit_exceeded", ProviderFault.InvalidInput)]
    [InlineData(401, "invalid_api_key", ProviderFault.InsufficientQuota)]
    [InlineData(401, "quota_exceeded", ProviderFault.InsufficientQuota)]
    [InlineData(404, "voice_not_found", ProviderFault.InvalidInput)]
    [InlineData(400, "content_against_policy", ProviderFault.ContentPolicy)]
    [InlineData(400, "bad_prompt", ProviderFault.ContentPolicy)]
    [InlineData(429, "too_many_concurrent_requests", ProviderFault.RateLimited)]
    [InlineData(429, "system_busy", ProviderFault.Unavailable)]
    [InlineData(500, "internal_server_error", ProviderFault.Internal)]
    public void A_status_is_one_of_our_faults(int status, string what, ProviderFault fault)
    {
        var failed = ElevenLabs.Fault(Answer(status, $$$"""{"detail":{"status":"{{{what}}}","message":"Why it is so"}}"""));
        Assert.Equal((fault, "Why it is so"), (failed.Fault, failed.Message));
    }

    [Fact]
    public void A_body_out_of_shape_is_told_by_its_first_fault()
    {
        var failed = ElevenLabs.Fault(Answer(422, """{"detail":[{"loc":["body","text"],"msg":"field required","type":"value_error.missing"}]}"""));
        Assert.Equal((ProviderFault.InvalidInput, "field required"), (failed.Fault, failed.Message));
    }

    [Fact]
    public void Voices_are_listed()
    {
        var voices = ElevenLabs.Choices("voiceId", Answer(200, """{"voices":[{"voice_id":"v","name":"Rachel","preview_url":"https://x.test/v.mp3"},{"name":"nobody"}]}"""));
        Assert.Equal([new VendorChoice("v", "Rachel", "https://x.test/v.mp3")], voices);
        Assert.Equal("/v1/voices", ElevenLabs.ListChoices("voiceId")!.Address);
        Assert.Null(ElevenLabs.ListChoices("outputFormat"));
    }

    [Fact]
    public async Task Every_param_reaches_the_vendor()
    {
        await using var world = await VendorWorld.Start(postgres, new ElevenLabsServer());

        var (speech, at) = await Sent(world, "eleven-v3", new() { ["voiceId"] = "v-1", ["outputFormat"] = "mp3_22050_32", ["stability"] = 0.5, ["similarityBoost"] = 0.8, ["speed"] = 1.1, ["seed"] = 7, ["languageCode"] = "de" });
        Assert.Equal("/v1/text-to-speech/v-1?output_format=mp3_22050_32", at);
        Assert.Equal("""{"text":"A lighthouse in a storm","model_id":"eleven_v3","language_code":"de","seed":7,"voice_settings":{"stability":0.5,"similarity_boost":0.8,"speed":1.1}}""", speech);

        var (effect, _) = await Sent(world, "eleven-sound-effects", new() { ["duration"] = 4, ["promptInfluence"] = 0.7, ["loop"] = true });
        Assert.Equal("""{"text":"A lighthouse in a storm","model_id":"eleven_text_to_sound_v2","duration_seconds":4,"prompt_influence":0.7,"loop":true}""", effect);

        var (music, _) = await Sent(world, "eleven-music", new() { ["lengthMs"] = 12_000, ["forceInstrumental"] = true });
        Assert.Equal("""{"model_id":"music_v1","prompt":"A lighthouse in a storm","music_length_ms":12000,"force_instrumental":true}""", music);
        Assert.Empty(world.Vendor.Faults);
    }

    [Fact]
    public async Task A_plan_is_not_longer_than_what_is_paid_for()
    {
        await using var world = await VendorWorld.Start(postgres, new ElevenLabsServer());
        var plan = new
        {
            positive_global_styles = new[] { "folk" },
            sections = new[] { new { section_name = "verse", duration_ms = 20_000, lines = new[] { "la" } }, new { section_name = "chorus", duration_ms = 40_000, lines = new[] { "lo" } } },
        };

        var (body, _) = await Sent(world, "eleven-music", new() { ["lengthMs"] = 30_000, ["compositionPlan"] = plan });

        var sections = JsonDocument.Parse(body).RootElement.GetProperty("composition_plan").GetProperty("sections");
        Assert.Equal((10_000, 20_000), (sections[0].GetProperty("duration_ms").GetInt32(), sections[1].GetProperty("duration_ms").GetInt32()));
        Assert.Empty(world.Vendor.Faults);
    }

    [Fact]
    public async Task A_voice_that_is_not_there_is_told_to_the_customer()
    {
        await using var world = await VendorWorld.Start(postgres, new ElevenLabsServer());
        var request = world.Request(world.Catalog.Find("eleven-v3")!, "audio", "Good morning");
        ((Dictionary<string, object?>)request["params"]!)["voiceId"] = "nobody";
        var (_, body) = await world.Caller.Post("/v1/generations", request);

        var ended = await world.Ended(body.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal("invalid_input", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("nobody", ended.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static VendorAnswer Answer(int status, string text) => new(status, _ => null, text, JsonDocument.Parse(text).RootElement);

    /// <summary>The body that a generation with these params makes, and where it went.</summary>
    private static async Task<(string Body, string At)> Sent(VendorWorld world, string model, Dictionary<string, object?> parameters)
    {
        await world.Ran(model, "audio", parameters);
        var request = world.Vendor.Requests.Last(world.Vendor.Starts);
        return (request.Json.GetRawText(), request.Path + string.Concat(request.Query.Select(one => $"?{one.Key}={one.Value}")));
    }
}
