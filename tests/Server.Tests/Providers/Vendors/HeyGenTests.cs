using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Providers;
using Rpd.Server.Providers.HeyGen;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class HeyGenTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new HeyGenServer();

    private protected override (string Model, string Type) Usual => ("heygen-avatar-iv", "avatar");
}

/// <summary>What is HeyGen's own.</summary>
public sealed class HeyGenWireTests(TestPostgres postgres)
{
    private static readonly HeyGenVendor HeyGen = new();
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(400, "invalid_parameter", ProviderFault.InvalidInput)]
    [InlineData(401, "unauthorized", ProviderFault.InsufficientQuota)]
    [InlineData(402, "insufficient_credit", ProviderFault.InsufficientQuota)]
    [InlineData(403, "forbidden", ProviderFault.InsufficientQuota)]
    [InlineData(403, "resource_access_denied", ProviderFault.InvalidInput)]
    [InlineData(404, "avatar_not_found", ProviderFault.InvalidInput)]
    [InlineData(413, "file_too_large", ProviderFault.InvalidInput)]
    [InlineData(429, "rate_limit_exceeded", ProviderFault.RateLimited)]
    [InlineData(429, "quota_exceeded", ProviderFault.InsufficientQuota)]
    [InlineData(400, "content_policy_violation", ProviderFault.ContentPolicy)]
    [InlineData(500, "internal_error", ProviderFault.Internal)]
    [InlineData(503, null, ProviderFault.Unavailable)]
    public void A_code_is_one_of_our_faults(int status, string? code, ProviderFault fault)
    {
        var text = code is null ? "<html>" : $$$"""{"error":{"code":"{{{code}}}","message":"Why it is so","param":null}}""";
        var failed = HeyGen.Fault(Answer(text, status));
        Assert.Equal(fault, failed.Fault);
        Assert.Equal(code is null ? "<html>" : "Why it is so", failed.Message);
    }

    [Theory]
    [InlineData("heygen-signature", "right", 0, true)]
    [InlineData("signature", "right", null, true)]
    [InlineData("heygen-signature", "wrong", 0, false)]
    [InlineData("heygen-signature", "right", 301, false)]
    [InlineData("heygen-signature", "right", -301, false)]
    [InlineData(null, "", null, true)]
    public void A_signed_call_is_signed_rightly_and_an_unsigned_one_only_wakes(string? header, string signed, int? secondsOff, bool verified)
    {
        var body = Encoding.UTF8.GetBytes("""{"event_id":"e","event_type":"avatar_video.success","event_data":{"video_id":"v","callback_id":"c"}}""");
        var headers = new Dictionary<string, string>();
        var secret = signed == "right" ? "whsec_abc" : "whsec_other";
        if (header is not null) headers[header] = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        if (secondsOff is { } off) headers["heygen-timestamp"] = (Now.ToUnixTimeSeconds() + off).ToString(System.Globalization.CultureInfo.InvariantCulture);

        var call = HeyGen.Called(new() { WebhookSecret = new("whsec_abc") }, headers, body, Now);

        Assert.Equal(new VendorCallback(verified), call);
    }

    [Theory]
    [InlineData("""{"data":{"id":"a","status":"brewing"}}""")]
    [InlineData("""{"data":{"id":"a","status":"waiting"}}""")]
    [InlineData("""{"data":{}}""")]
    public void What_it_has_no_word_for_is_still_worked_on(string text) => Assert.IsType<VendorReply.Working>(HeyGenAsked("/v3/videos/a", text));

    [Theory]
    [InlineData("""{"data":{"id":"a","status":"completed","video_url":"javascript:alert(1)"}}""")]
    [InlineData("""{"data":{"id":"a","status":"completed"}}""")]
    public void A_video_without_an_address_is_none(string text) => Assert.IsType<VendorReply.Unknown>(HeyGenAsked("/v3/videos/a", text));

    [Fact]
    public async Task Every_param_reaches_the_vendor()
    {
        await using var world = await VendorWorld.Start(postgres, new HeyGenServer());

        var avatar = await Sent(world, "heygen-avatar-v", "avatar", new() { ["avatarId"] = "look-1", ["voiceId"] = "v-1", ["aspectRatio"] = "9:16", ["resolution"] = "4k", ["referenceLookId"] = "look-2" });
        Assert.Equal("""{"type":"avatar_v","reference_look_id":"look-2"}""", avatar.GetProperty("engine").GetRawText());
        Assert.Equal(("look-1", "v-1", "9:16", "4k", "A lighthouse in a storm"), (Text(avatar, "avatar_id"), Text(avatar, "voice_id"), Text(avatar, "aspect_ratio"), Text(avatar, "resolution"), Text(avatar, "script")));
        Assert.Contains("/callbacks/heygen/" + Text(avatar, "callback_id"), Text(avatar, "callback_url"), StringComparison.Ordinal);

        var photo = await Sent(world, "heygen-photo-avatar", "animation", new() { ["voiceId"] = "v-1", ["expressiveness"] = "high", ["motionPrompt"] = "waves" });
        Assert.Equal(("image", "high", "waves"), (Text(photo, "type"), Text(photo, "expressiveness"), Text(photo, "motion_prompt")));
        Assert.Equal("url", Text(photo.GetProperty("image"), "type"));

        var scene = await Sent(world, "heygen-cinematic-avatar", "text2video", new() { ["avatarId"] = new[] { "look-1", "look-2" }, ["duration"] = 8, ["resolution"] = "1080p", ["aspectRatio"] = "1:1", ["enhancePrompt"] = true, ["style"] = "noir" });
        Assert.Equal("""["look-1","look-2"]""", scene.GetProperty("avatar_id").GetRawText());
        Assert.Equal((8, "1080p", "1:1", true), (scene.GetProperty("duration").GetInt32(), Text(scene, "resolution"), Text(scene, "aspect_ratio"), scene.GetProperty("enhance_prompt").GetBoolean()));
        Assert.Equal("A lighthouse in a storm. Style: noir.", Text(scene, "prompt"));

        var free = await Sent(world, "heygen-cinematic-avatar", "avatar", new() { ["avatarId"] = "look-1", ["autoDuration"] = true });
        Assert.True(free.GetProperty("auto_duration").GetBoolean());

        var brief = await Sent(world, "heygen-video-agent", "text2video", new() { ["orientation"] = "portrait", ["avatarId"] = "look-1", ["voiceId"] = "v-1", ["styleId"] = "s-1", ["duration"] = 30 });
        Assert.Equal(("portrait", "look-1", "v-1", "s-1"), (Text(brief, "orientation"), Text(brief, "avatar_id"), Text(brief, "voice_id"), Text(brief, "style_id")));
        Assert.Equal("A lighthouse in a storm. Length: 30 seconds.", Text(brief, "prompt"));

        var dubbed = await Sent(world, "heygen-translate-precision", "video2video", new() { ["outputLanguages"] = "Spanish (Spain)" });
        Assert.Equal(("precision", """["Spanish (Spain)"]"""), (Text(dubbed, "mode"), dubbed.GetProperty("output_languages").GetRawText()));

        var speech = await Sent(world, "heygen-tts", "audio", new() { ["voiceId"] = "v-1", ["speed"] = 1.25, ["language"] = "en", ["locale"] = "en-GB", ["inputType"] = "ssml" });
        Assert.Equal((1.25, "en", "en-GB", "ssml"), (speech.GetProperty("speed").GetDouble(), Text(speech, "language"), Text(speech, "locale"), Text(speech, "input_type")));
        Assert.Empty(world.Vendor.Faults);
    }

    [Fact]
    public async Task Sound_and_video_are_uploaded_where_the_vendor_cannot_fetch_them()
    {
        await using var world = await VendorWorld.Start(postgres, new HeyGenServer(), ("Remote:Reachable", "false"));

        var synced = await Sent(world, "heygen-lipsync", "video2video", []);
        var photo = await Sent(world, "heygen-photo-avatar", "avatar", []);

        Assert.Equal(("asset_id", "asset_id"), (Text(synced.GetProperty("video"), "type"), Text(synced.GetProperty("audio"), "type")));
        Assert.Equal("base64", Text(photo.GetProperty("image"), "type"));
        Assert.False(photo.TryGetProperty("callback_url", out _));
        Assert.Equal(2, world.Vendor.Requests.Count(request => request.Path == "/v3/assets"));
        Assert.Empty(world.Vendor.Faults);
    }

    [Fact]
    public async Task A_twin_that_is_still_being_taken_is_waited_for()
    {
        await using var world = await VendorWorld.Start(postgres, new HeyGenServer());
        for (var times = 0; times < 4; times++)
            world.Vendor.Once(world.Vendor.Starts, async http =>
            {
                http.Response.StatusCode = 409;
                await http.Response.WriteAsJsonAsync(new { error = new { code = "request_in_progress", message = "Still at it" } });
                return true;
            });

        var ended = await world.Run(world.Catalog.Find("heygen-avatar-iv")!, "avatar");

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal(1, world.Vendor.Jobs);
        Assert.Single(world.Vendor.Requests.Where(world.Vendor.Starts).Select(request => request.Header("Idempotency-Key")).Distinct());
    }

    [Fact]
    public async Task An_agent_is_followed_to_its_video()
    {
        await using var world = await VendorWorld.Start(postgres, new HeyGenServer { LateVideos = true });
        world.Vendor.Once(request => request.Path.StartsWith("/v3/videos/", StringComparison.Ordinal), 503);

        var ended = await world.Run(world.Catalog.Find("heygen-video-agent")!, "text2video");

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal(1, world.Vendor.Jobs);
        Assert.Empty(world.Vendor.Faults);
    }

    [Fact]
    public void An_agent_can_be_stopped_and_a_video_cannot()
    {
        Assert.Equal("/v3/video-agents/s/stop", HeyGen.Cancel(null!, "/v3/videos/v#s")!.Address);
        Assert.Equal("/v3/video-agents/s/stop", HeyGen.Cancel(null!, "/v3/video-agents/s")!.Address);
        Assert.Null(HeyGen.Cancel(null!, "/v3/videos/v"));
    }

    [Fact]
    public void Voices_and_avatars_are_listed()
    {
        var voices = HeyGen.Choices("voiceId", Answer("""{"data":[{"voice_id":"v","name":"Ada","language":"English","preview_audio_url":"https://x.test/v.mp3"},{"name":"nobody"}],"has_more":false}"""));
        Assert.Equal([new VendorChoice("v", "Ada (English)", "https://x.test/v.mp3")], voices);
        var looks = HeyGen.Choices("avatarId", Answer("""{"data":[{"id":"l","name":"Ada","preview_image_url":null}]}"""));
        Assert.Equal([new VendorChoice("l", "Ada")], looks);
        Assert.Equal([new VendorChoice("English", "English")], HeyGen.Choices("outputLanguages", Answer("""{"data":{"languages":["English"]}}""")));
        Assert.Null(HeyGen.ListChoices("aspectRatio"));
    }

    private static VendorReply HeyGenAsked(string upstreamId, string text) => HeyGen.Asked(null!, upstreamId, Answer(text));

    private static VendorAnswer Answer(string text, int status = 200) => new(status, _ => null, text, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : null);

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();

    /// <summary>The body that a generation with these params makes.</summary>
    private static async Task<JsonElement> Sent(VendorWorld world, string model, string type, Dictionary<string, object?> parameters)
    {
        await world.Ran(model, type, parameters);
        return world.Vendor.Requests.Last(world.Vendor.Starts).Json;
    }
}
