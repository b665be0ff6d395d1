using System.Net;
using System.Text;
using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Fal;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class FalTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private readonly TestPostgres postgres = postgres;

    private protected override VendorServer Vendor() => new FalServer();

    private protected override (string Model, string Type) Usual => ("fal-wan-2.7", "text2video");

    [Fact]
    public async Task Every_param_reaches_the_endpoint_by_its_own_name()
    {
        await using var world = await VendorWorld.Start(postgres, Vendor());
        (string Model, string Type, object Params, string Body)[] asked =
        [
            ("fal-ltx-2.3", "text2video", new { aspectRatio = "9:16", duration = 8, resolution = "1440p", fps = 48 }, """{"prompt":"A fox. Avoid: rain.","aspect_ratio":"9:16","duration":8,"resolution":"1440p","fps":48}"""),
            ("fal-wan-2.7", "text2video", new { aspectRatio = "4:3", duration = 3, resolution = "720p", seed = 7 }, """{"prompt":"A fox","negative_prompt":"rain","aspect_ratio":"4:3","duration":3,"resolution":"720p","seed":7}"""),
            ("fal-seedance-2.0", "text2video", new { aspectRatio = "21:9", duration = 12, resolution = "480p" }, """{"prompt":"A fox. Avoid: rain.","aspect_ratio":"21:9","duration":"12","resolution":"480p"}"""),
            ("fal-hailuo-2.3-pro", "text2video", new { duration = 6, resolution = "1080p", promptOptimizer = false }, """{"prompt":"A fox. Avoid: rain.","prompt_optimizer":false}"""),
            ("fal-qwen-image", "text2image", new { aspectRatio = "9:16", style = "watercolour" }, """{"prompt":"A fox. Style: watercolour.","negative_prompt":"rain","image_size":"portrait_16_9"}"""),
            ("fal-ideogram-3", "text2image", new { imageSize = "landscape_4_3", renderingSpeed = "QUALITY" }, """{"prompt":"A fox","negative_prompt":"rain","image_size":"landscape_4_3","rendering_speed":"QUALITY"}"""),
            ("fal-pixverse-effects", "effect", new { effect = "Earth Zoom", duration = 8 }, """{"negative_prompt":"rain","image_url":"*","effect":"Earth Zoom","duration":"8"}"""),
            ("fal-pixverse-extend", "extend", new { duration = 10, resolution = "540p", style = "clay" }, """{"prompt":"A fox","style":"clay","negative_prompt":"rain","video_url":"*","duration":10,"resolution":"540p"}"""),
            ("fal-ltx-2.3-extend", "extend", new { mode = "start", duration = 9 }, """{"prompt":"A fox. Avoid: rain.","video_url":"*","mode":"start","duration":9}"""),
            ("fal-wan-2.7-edit", "video2video", new { resolution = "720p", audioSetting = "origin", duration = 4 }, """{"prompt":"A fox. Avoid: rain.","video_url":"*","resolution":"720p","audio_setting":"origin","duration":4}"""),
            ("fal-wan-animate", "motion_transfer", new { resolution = "580p", duration = 4 }, """{"image_url":"*","video_url":"*","resolution":"580p"}"""),
            ("fal-omnihuman-1.5", "avatar", new { resolution = "720p", duration = 4 }, """{"prompt":"A fox. Avoid: rain.","image_url":"*","audio_url":"*","resolution":"720p"}"""),
            ("fal-dreamactor-2", "motion_transfer", new { trimFirstSecond = true, duration = 4 }, """{"image_url":"*","video_url":"*","trim_first_second":true}"""),
            ("fal-sync-lipsync", "video2video", new { syncMode = "bounce", duration = 4 }, """{"video_url":"*","audio_url":"*","sync_mode":"bounce"}"""),
            ("fal-mmaudio", "audio", new { steps = 20, duration = 4 }, """{"prompt":"A fox","negative_prompt":"rain","video_url":"*","num_steps":20,"duration":4}"""),
            ("fal-topaz-video-upscale", "upscale", new { upscaleFactor = 3, model = "Nyx", targetFps = 60, duration = 4 }, """{"video_url":"*","upscale_factor":3,"model":"Nyx","target_fps":60}"""),
            ("fal-seedvr-upscale", "upscale", new { targetResolution = "1440p", duration = 4 }, """{"video_url":"*","target_resolution":"1440p","upscale_mode":"target"}"""),
            ("fal-clarity-upscaler", "upscale", new { upscaleFactor = 2, creativity = 0.4 }, """{"prompt":"A fox","negative_prompt":"rain","image_url":"*","upscale_factor":2,"creativity":0.4}"""),
            ("fal-esrgan", "upscale", new { scale = 4, face = true }, """{"image_url":"*","scale":4,"face":true}"""),
        ];

        foreach (var (model, type, values, body) in asked)
        {
            var entry = world.Catalog.Find(model)!;
            var request = world.Request(entry, type, "A fox");
            request["negativePrompt"] = "rain";
            request["params"] = values;
            var (status, answer) = await world.Caller.Post("/v1/generations", request);
            Assert.True(status == HttpStatusCode.Created, $"{model}: {answer}");
            await world.Ended(answer.GetProperty("data").GetProperty("id").GetGuid());
            var sent = world.Vendor.Requests.Last(one => one.Method == "POST");
            Assert.Equal("/" + entry.PathOf(type).TrimStart('/'), sent.Path);
            Assert.Equal(Members(body), Members(Encoding.UTF8.GetString(sent.Body)));
        }
        Assert.Empty(world.Vendor.Faults);
    }

    [Fact]
    public async Task Several_images_are_one_request_with_their_seed()
    {
        await using var world = await VendorWorld.Start(postgres, Vendor());
        var request = world.Request(world.Catalog.Find("fal-z-image-turbo")!, "text2image", "A fox");
        request["count"] = 3;
        var (_, answer) = await world.Caller.Post("/v1/generations", request);

        var id = answer.GetProperty("data").GetProperty("id").GetGuid();
        var ended = await world.Ended(id);

        Assert.Equal(1, world.Vendor.Jobs);
        Assert.Equal(3, ended.GetProperty("outputs").GetArrayLength());
        Assert.Equal(4242, await world.App.Scalar<long>("select min(seed) from outputs where generation_id = $1", id));
        Assert.Empty(world.Vendor.Faults);
    }

    [Fact]
    public async Task A_result_that_cannot_be_had_this_moment_is_asked_for_again_and_not_made_again()
    {
        await using var world = await VendorWorld.Start(postgres, Vendor());
        var refused = 0;
        for (var times = 0; times < 4; times++)
        {
            var turn = times;
            world.Vendor.Once(request => FalServer.Results(request) && refused == turn, http =>
            {
                refused++;
                http.Response.StatusCode = 503;
                return Task.FromResult(true);
            });
        }

        var ended = await world.Run(world.Catalog.Find("fal-z-image-turbo")!, "text2image");

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal((4, 1), (refused, world.Vendor.Jobs));
    }

    [Fact]
    public async Task It_is_told_where_to_call_and_how_long_to_keep_files()
    {
        await using var world = await VendorWorld.Start(postgres, Vendor());
        await world.Run(world.Catalog.Find("fal-z-image-turbo")!, "text2image");

        var start = world.Vendor.Requests.Single(request => request.Method == "POST");

        Assert.Contains("/callbacks/fal/", start.Query["fal_webhook"].ToString(), StringComparison.Ordinal);
        Assert.Equal(["""{"expiration_duration_seconds":86400}"""], ((FalServer)world.Vendor).Lifetimes);
    }

    private static IReadOnlyList<string> Members(string json) => [.. JsonDocument.Parse(json).RootElement.EnumerateObject()
        .Select(member => $"{member.Name}={(member.Name.EndsWith("_url", StringComparison.Ordinal) ? "*" : member.Value.GetRawText())}").Order(StringComparer.Ordinal)];
}

/// <summary>What is read without a server.</summary>
public sealed class FalReadingTests
{
    private static readonly FalVendor Vendor = new();

    [Theory]
    [InlineData(422, """{"detail":[{"loc":["body","prompt"],"msg":"flagged","type":"content_policy_violation"}]}""", ProviderFault.ContentPolicy)]
    [InlineData(422, """{"detail":[{"loc":["body"],"msg":"NSFW content detected","type":"value_error"}]}""", ProviderFault.ContentPolicy)]
    [InlineData(422, """{"detail":[{"loc":["body","duration"],"msg":"unexpected value","type":"literal_error"}]}""", ProviderFault.InvalidInput)]
    [InlineData(422, """{"detail":[{"loc":["body"],"msg":"nothing came out","type":"no_media_generated"}]}""", ProviderFault.Internal)]
    [InlineData(504, """{"detail":[{"loc":["body"],"msg":"took too long","type":"generation_timeout"}]}""", ProviderFault.TimedOut)]
    [InlineData(504, """{"detail":"Request timed out","error_type":"request_timeout"}""", ProviderFault.TimedOut)]
    [InlineData(503, """{"detail":"Runner disconnected","error_type":"runner_disconnected"}""", ProviderFault.Internal)]
    [InlineData(401, """{"detail":"Authentication is required"}""", ProviderFault.InsufficientQuota)]
    [InlineData(403, """{"detail":"User is locked. Reason: Exhausted balance."}""", ProviderFault.InsufficientQuota)]
    [InlineData(429, """{"detail":"Too many requests"}""", ProviderFault.RateLimited)]
    [InlineData(503, "down", ProviderFault.Unavailable)]
    [InlineData(500, "oops", ProviderFault.Internal)]
    public void Each_refusal_is_one_of_our_faults(int status, string body, ProviderFault fault) => Assert.Equal(fault, Vendor.Fault(Answers.Of(status, body)).Fault);

    [Fact]
    public void A_refusal_names_the_field() =>
        Assert.Equal("duration: unexpected value", Vendor.Fault(Answers.Of(422, """{"detail":[{"loc":["body","duration"],"msg":"unexpected value","type":"literal_error"}]}""")).Message);

    [Fact]
    public void What_its_checker_finds_unsafe_is_left_out_and_nothing_left_is_a_refusal()
    {
        var next = Assert.IsType<VendorReply.Next>(Vendor.Asked(Job("/fal-ai/qwen-image"), "r", Answers.Of(200, """{"status":"COMPLETED"}""")));
        var made = Assert.IsType<VendorReply.Made>(next.Read(Answers.Of(200, """{"images":[{"url":"https://a/1.png"},{"url":"https://a/2.png"}],"has_nsfw_concepts":[true,false],"seed":5}""")));
        Assert.Equal("https://a/2.png", Assert.Single(made.Outputs).Link!.AbsoluteUri);
        var none = Assert.IsType<VendorReply.Failed>(next.Read(Answers.Of(200, """{"images":[{"url":"https://a/1.png"}],"has_nsfw_concepts":[true]}""")));
        Assert.Equal(ProviderFault.ContentPolicy, none.Fault);
    }

    [Theory]
    [InlineData("/fal-ai/ltx-2.3/text-to-video/fast", "/fal-ai/ltx-2.3/requests/r/status")]
    [InlineData("/workflows/somebody/something/part", "/workflows/somebody/something/requests/r/status")]
    public void A_run_is_asked_about_below_its_application(string endpoint, string address) => Assert.Equal(address, Vendor.Ask(Job(endpoint), "r").Address);

    [Fact]
    public void It_can_be_told_to_stop() => Assert.Equal((HttpMethod.Put, "/fal-ai/qwen-image/requests/r/cancel"), Vendor.Cancel(Job("/fal-ai/qwen-image"), "r") is { } call ? (call.Method, call.Address) : default);

    [Theory]
    [InlineData("""{"status":"UNHEARD_OF"}""")]
    [InlineData("{}")]
    public void An_unknown_state_is_still_working(string body) => Assert.IsType<VendorReply.Working>(Vendor.Asked(Job("/fal-ai/qwen-image"), "r", Answers.Of(200, body)));

    [Fact]
    public void A_call_is_a_hint_that_names_the_run()
    {
        Assert.Equal(new VendorCallback(true, "r-1"), Vendor.Called(new(), new Dictionary<string, string>(), """{"request_id":"r-1","status":"OK","payload":{}}"""u8.ToArray(), default));
        Assert.Null(Vendor.Called(new(), new Dictionary<string, string>(), "{}"u8.ToArray(), default));
    }

    [Fact]
    public void An_endpoint_that_an_operator_adds_gets_all_that_was_asked_for()
    {
        var job = Job("", new() { ["guidanceScale"] = JsonSerializer.SerializeToElement(4.5), ["aspectRatio"] = JsonSerializer.SerializeToElement("1:1") });
        var call = Vendor.Submit(job);
        Assert.Equal("/somebody/model", call.Address);
        Assert.Equal("""{"prompt":"A fox","guidance_scale":4.5,"aspect_ratio":"1:1"}""", call.Json!.ToJsonString());
    }

    private static VendorJob Job(string path, Dictionary<string, JsonElement>? values = null) =>
        new(Guid.Empty, new(Guid.Empty, "text2image", "m", "A fox", null, values ?? [], 1, ""), "somebody/model", path, 1, null) { Access = new() };
}
