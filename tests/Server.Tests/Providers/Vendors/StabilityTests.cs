using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Stability;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class StabilityTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new StabilityServer();

    private protected override (string Model, string Type) Usual => ("stable-upscale-creative", "upscale");
}

/// <summary>What is Stability's own.</summary>
public sealed class StabilityWireTests(TestPostgres postgres)
{
    private static readonly StabilityVendor Stability = new();

    [Theory]
    [InlineData(400, "bad_request", ProviderFault.InvalidInput)]
    [InlineData(401, "unauthorized", ProviderFault.InsufficientQuota)]
    [InlineData(402, "payment_required", ProviderFault.InsufficientQuota)]
    [InlineData(403, "content_moderation", ProviderFault.ContentPolicy)]
    [InlineData(403, "forbidden", ProviderFault.InsufficientQuota)]
    [InlineData(404, "not_found", ProviderFault.InvalidInput)]
    [InlineData(413, "payload_too_large", ProviderFault.InvalidInput)]
    [InlineData(422, "invalid_language", ProviderFault.InvalidInput)]
    [InlineData(429, "rate_limit_exceeded", ProviderFault.RateLimited)]
    [InlineData(500, "internal_error", ProviderFault.Internal)]
    public void A_name_is_one_of_our_faults(int status, string name, ProviderFault fault)
    {
        var failed = Stability.Fault(Answer(status, $$"""{"id":"1","name":"{{name}}","errors":["Why","it is so"]}"""));
        Assert.Equal((fault, "Why; it is so"), (failed.Fault, failed.Message));
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(60) : null, failed.RetryAfter);
    }

    [Fact]
    public void An_answer_in_json_is_read_as_well()
    {
        var made = Assert.IsType<VendorReply.Made>(Stability.Asked(null!, "/v2beta/results/a", Answer(200, """{"image":"AAAA","seed":7,"finish_reason":"SUCCESS"}""")));
        Assert.Equal(("AAAA", 7), (made.Outputs[0].Base64, made.Outputs[0].Seed));
        var refused = Assert.IsType<VendorReply.Failed>(Stability.Asked(null!, "/v2beta/results/a", Answer(200, """{"image":"AAAA","finish_reason":"CONTENT_FILTERED"}""")));
        Assert.Equal(ProviderFault.ContentPolicy, refused.Fault);
        Assert.IsType<VendorReply.Working>(Stability.Asked(null!, "/v2beta/results/a", Answer(202, """{"id":"a","status":"in-progress"}""")));
    }

    [Fact]
    public async Task Every_param_reaches_the_vendor()
    {
        await using var world = await VendorWorld.Start(postgres, new StabilityServer());

        var large = await Sent(world, "sd3.5-large", "text2image", new() { ["aspectRatio"] = "16:9", ["seed"] = 7, ["cfgScale"] = 4.5, ["style"] = "anime", ["outputFormat"] = "png" }, "fog");
        Assert.Equal("aspect_ratio=16:9 cfg_scale=4.5 mode=text-to-image model=sd3.5-large negative_prompt=fog output_format=png prompt=A lighthouse in a storm seed=7 style_preset=anime", large);
        var worded = await Sent(world, "stable-image-core", "text2image", new() { ["style"] = "gouache" });
        Assert.Equal("prompt=A lighthouse in a storm. Style: gouache.", worded);
        Assert.Contains("mode=image-to-image model=sd3.5-large-turbo prompt=A lighthouse in a storm strength=0.4", await Sent(world, "sd3.5-turbo", "image2image", new() { ["strength"] = 0.4 }), StringComparison.Ordinal);
        Assert.Contains("strength=0.4", await Sent(world, "stable-image-ultra", "image2image", new() { ["strength"] = 0.4 }), StringComparison.Ordinal);
        Assert.Equal("grow_mask=5 image=image.png mask=mask.png prompt=A lighthouse in a storm", await Sent(world, "stable-inpaint", "image2image", new() { ["growMask"] = 5, ["mask"] = world.Picture }));
        Assert.Equal("grow_mask=9 image=image.png", await Sent(world, "stable-erase", "image2image", new() { ["growMask"] = 9 }));
        Assert.Equal("creativity=0.5 down=0 image=image.png left=100 prompt=A lighthouse in a storm. Avoid: fog. right=0 up=20",
            await Sent(world, "stable-outpaint", "image2image", new() { ["pixels"] = new Dictionary<string, int> { ["left"] = 100, ["up"] = 20 }, ["creativity"] = 0.5 }, "fog"));
        Assert.Equal("image=image.png prompt=A lighthouse in a storm search_prompt=dog", await Sent(world, "stable-search-and-replace", "image2image", new() { ["searchPrompt"] = "dog" }));
        Assert.Equal("image=image.png prompt=A lighthouse in a storm select_prompt=dog", await Sent(world, "stable-search-and-recolor", "image2image", new() { ["selectPrompt"] = "dog" }));
        Assert.Equal("image=image.png output_format=webp", await Sent(world, "stable-remove-background", "effect", new() { ["outputFormat"] = "webp" }));
        Assert.Equal("control_strength=0.6 image=image.png prompt=A lighthouse in a storm", await Sent(world, "stable-control-sketch", "image2image", new() { ["controlStrength"] = 0.6 }));
        Assert.Equal("fidelity=0.6 image=image.png prompt=A lighthouse in a storm", await Sent(world, "stable-control-style", "effect", new() { ["fidelity"] = 0.6 }));
        Assert.Equal("composition_fidelity=0.8 init_image=image.png prompt=A lighthouse in a storm style_image=styleImage.png style_strength=0.6",
            await Sent(world, "stable-style-transfer", "effect", new() { ["styleImage"] = world.Picture, ["styleStrength"] = 0.6, ["compositionFidelity"] = 0.8 }));
        Assert.Equal("background_prompt=A lighthouse in a storm background_reference=backgroundReference.png light_source_direction=left light_source_strength=0.5 preserve_original_subject=0.9 subject_image=image.png",
            await Sent(world, "stable-relight", "effect", new() { ["backgroundReference"] = world.Picture, ["lightSourceDirection"] = "left", ["lightSourceStrength"] = 0.5, ["preserveOriginalSubject"] = 0.9 }));
        Assert.Equal("creativity=0.3 image=image.png negative_prompt=fog prompt=A lighthouse in a storm", await Sent(world, "stable-upscale-conservative", "upscale", new() { ["creativity"] = 0.3 }, "fog"));
        Assert.Equal("cfg_scale=2 duration=20 model=stable-audio-2.5 output_format=mp3 prompt=A lighthouse in a storm seed=7 steps=6",
            await Sent(world, "stable-audio-2.5", "audio", new() { ["cfgScale"] = 2, ["duration"] = 20, ["outputFormat"] = "mp3", ["seed"] = 7, ["steps"] = 6 }));
        Assert.Empty(world.Vendor.Faults);
    }

    [Fact]
    public async Task Sound_is_made_from_sound_where_there_is_some()
    {
        await using var world = await VendorWorld.Start(postgres, new StabilityServer());

        Assert.Equal("audio=audio.mp3 model=stable-audio-3 prompt=A lighthouse in a storm strength=0.4", await Sent(world, "stable-audio-3", "audio", new() { ["strength"] = 0.4 }, sound: true));
        Assert.Equal("/v2beta/audio/stable-audio/audio-to-audio", world.Vendor.Requests.Last(world.Vendor.Starts).Path);
        Assert.Equal("audio=audio.mp3 mask_end=8 mask_start=2 model=stable-audio-2.5 prompt=A lighthouse in a storm", await Sent(world, "stable-audio-2.5", "audio", new() { ["maskStart"] = 2, ["maskEnd"] = 8, ["variant"] = "inpaint" }, sound: true));
        Assert.Equal("/v2beta/audio/stable-audio-2/inpaint", world.Vendor.Requests.Last(world.Vendor.Starts).Path);
        Assert.Empty(world.Vendor.Faults);
    }

    [Theory]
    [InlineData("stable-image-core", "text2image")]
    [InlineData("stable-upscale-creative", "upscale")]
    public async Task What_comes_blurred_is_a_refusal(string model, string type)
    {
        await using var world = await VendorWorld.Start(postgres, new StabilityServer());
        var before = await world.Caller.Balance();

        var ended = await world.Run(world.Catalog.Find(model)!, type, "filtered");

        Assert.Equal("content_policy", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(before, await world.Caller.Balance());
    }

    [Fact]
    public async Task A_work_that_is_refused_while_it_is_made_is_not_waited_for()
    {
        await using var world = await VendorWorld.Start(postgres, new StabilityServer());
        world.Vendor.Once(world.Vendor.Asks, async http =>
        {
            http.Response.StatusCode = 403;
            http.Response.ContentType = "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, """{"id":"1","name":"content_moderation","errors":["Flagged"]}""");
            return true;
        });

        var ended = await world.Run(world.Catalog.Find("stable-relight")!, "effect");

        Assert.Equal("content_policy", ended.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Chance_is_told()
    {
        await using var world = await VendorWorld.Start(postgres, new StabilityServer());
        await world.Ran("stable-image-core", "text2image", []);
        Assert.Equal(343940597, await world.App.Scalar<long>("select max(seed) from outputs"));
    }

    private static VendorAnswer Answer(int status, string text) => new(status, _ => null, text, JsonDocument.Parse(text).RootElement);

    /// <summary>The form that a generation with these params makes: names and values, files by their names.</summary>
    private static async Task<string> Sent(VendorWorld world, string model, string type, Dictionary<string, object?> parameters, string? negativePrompt = null, bool sound = false)
    {
        await world.Ran(model, type, parameters, negativePrompt, sound);
        var parts = world.Vendor.Requests.Last(world.Vendor.Starts).Parts;
        return string.Join(' ', parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Key}={part.Value.Text ?? part.Value.FileName}"));
    }
}
