using System.Text;
using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Luma;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>The Agents API, whose run the usual one is.</summary>
public sealed class LumaTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new LumaServer();

    private protected override (string Model, string Type) Usual => ("luma-ray-3.2", "text2video");

    private protected override bool NeedsMore(CatalogEntry entry, string type) => type == "extend";
}

/// <summary>What is particular about a run at Luma.</summary>
public sealed class LumaRunTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_clip_goes_on_from_an_earlier_one()
    {
        await using var world = await VendorWorld.Start(postgres, new LumaServer());
        var entry = world.Catalog.Find("luma-ray-2")!;
        var first = await world.Run(entry, "text2video");

        var next = await world.Ended(await world.Begin(entry, "extend", parent: first.GetProperty("id").GetGuid()));

        Assert.True(next.GetProperty("status").GetString() == "completed", next.ToString());
        var frame = world.Vendor.Requests.Last(world.Vendor.Starts).Json.GetProperty("keyframes").GetProperty("frame0");
        Assert.Equal("generation", frame.GetProperty("type").GetString());
        Assert.Contains(world.Vendor.Requests, request => world.Vendor.Asks(request) && request.Path.EndsWith(frame.GetProperty("id").GetString()!, StringComparison.Ordinal));
        Assert.Empty(world.Vendor.Faults);
    }
}

/// <summary>The Dream Machine API under the same conditions.</summary>
public sealed class LumaDreamTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new LumaServer();

    private protected override (string Model, string Type) Usual => ("luma-photon-1", "text2image");

    private protected override bool NeedsMore(CatalogEntry entry, string type) => type == "extend" || entry.UpstreamModelId is not ("photon-1" or "ray-flash-2");
}

/// <summary>What is said to Luma, and what its words mean.</summary>
public sealed class LumaWireTests
{
    private static readonly LumaVendor Luma = new();

    [Fact]
    public void Everything_that_can_be_set_is_said_to_the_Agents_API()
    {
        Agents("""{"model":"ray-3.2","prompt":"A lighthouse. Style: noir. Avoid: people.","type":"video","aspect_ratio":"21:9","video":{"resolution":"540p","duration":"5s","start_frame":{"url":"https://files.test/a.png"},"end_frame":{"url":"https://files.test/last.png"},"loop":true,"hdr":false}}""",
            "image2video", "ray-3.2", """{"aspectRatio":"21:9","resolution":"540p","duration":5,"loop":true,"hdr":false,"style":"noir"}""", negative: "people", last: true);
        Agents("""{"model":"ray-3.2","prompt":"A lighthouse","type":"video_edit","source":{"url":"https://files.test/a.mp4","media_type":"video/mp4"},"video":{"resolution":"1080p","edit":{"strength":"flex_2"}}}""",
            "video2video", "ray-3.2", """{"resolution":"1080p","strength":"flex_2"}""", operation: "video_edit");
        Agents("""{"model":"ray-3.2","prompt":"A lighthouse","type":"video_edit","source":{"url":"https://files.test/a.mp4","media_type":"video/mp4"},"video":{"edit":{"auto_controls":true}}}""", "video2video", "ray-3.2", "{}", operation: "video_edit");
        Agents("""{"model":"ray-3.2","prompt":"A lighthouse","type":"video_reframe","aspect_ratio":"1:1","source":{"url":"https://files.test/a.mp4","media_type":"video/mp4"}}""",
            "video2video", "ray-3.2", """{"aspectRatio":"1:1"}""", operation: "video_reframe");
        Agents("""{"model":"uni-1","prompt":"A lighthouse","type":"image","aspect_ratio":"3:1"}""", "text2image", "uni-1", """{"aspectRatio":"3:1"}""");
        Agents("""{"model":"uni-1","prompt":"A lighthouse","type":"image_edit","source":{"url":"https://files.test/a.png"}}""", "image2image", "uni-1", """{"aspectRatio":"3:1"}""");
    }

    [Fact]
    public void Everything_that_can_be_set_is_said_to_Dream_Machine()
    {
        const string Videos = "/dream-machine/v1/generations/video", Stills = "/dream-machine/v1/generations/image";
        var video = VendorWire.Job(Videos, "image2video", "ray-2", """{"aspectRatio":"9:21","resolution":"4k","duration":9,"loop":true,"concepts":["dolly_zoom",{"key":"pan_left"},7]}""") with { More = Last, Callback = new("https://us.test/callbacks/luma/1/2") };
        VendorWire.Same("""{"model":"ray-2","prompt":"A lighthouse","callback_url":"https://us.test/callbacks/luma/1/2","aspect_ratio":"9:21","resolution":"4k","duration":"9s","loop":true,"keyframes":{"frame0":{"type":"image","url":"https://files.test/a.png"},"frame1":{"type":"image","url":"https://files.test/last.png"}},"concepts":[{"key":"dolly_zoom"},{"key":"pan_left"}]}""", Luma.Submit(video));
        VendorWire.Same("""{"model":"photon-1","prompt":"A lighthouse","aspect_ratio":"4:3","modify_image_ref":{"url":"https://files.test/a.png"}}""", Luma.Submit(VendorWire.Job(Stills, "image2image", "photon-1", """{"aspectRatio":"4:3"}""")));
        var extend = VendorWire.Job(Videos, "extend", "ray-2") with { Parent = ("before", null) };
        VendorWire.Same("""{"model":"ray-2","prompt":"A lighthouse","keyframes":{"frame0":{"type":"generation","id":"before"}}}""", Luma.Submit(extend));
    }

    [Fact]
    public void Each_interface_has_its_host_and_its_key()
    {
        var (agents, dream) = (VendorWire.Job("/v1/generations", "text2image", "uni-1"), VendorWire.Job("/dream-machine/v1/generations/image", "text2image", "photon-1"));
        var elsewhere = new VendorAccess { BaseUrl = "https://proxy.test" };

        Assert.Equal("https://agents.lumalabs.ai", Luma.BaseUrl(new()));
        Assert.Equal("/v1/generations/7", Luma.Ask(agents, "7").Address);
        Assert.Equal("https://api.lumalabs.ai/dream-machine/v1/generations/image", Luma.Submit(dream).Address);
        Assert.Equal("https://api.lumalabs.ai/dream-machine/v1/generations/7", Luma.Ask(dream, "7").Address);
        Assert.Equal("/dream-machine/v1/generations/7", Luma.Ask(dream with { Access = elsewhere }, "7").Address);
        Assert.Null(Luma.Missing(new() { ApiKey = new Secret("a") }, "ray-3.2"));
        Assert.NotNull(Luma.Missing(new() { ApiKey = new Secret("a") }, "ray-2"));
        Assert.Null(Luma.Missing(new() { SecretKey = new Secret("b") }, "ray-2"));
        Assert.NotNull(Luma.Missing(new() { SecretKey = new Secret("b") }, "uni-1"));
        Assert.Null(Luma.Cancel(agents, "7"));
        Assert.Equal(HttpMethod.Delete, Luma.Cancel(dream, "7")!.Method);
    }

    [Fact]
    public void A_file_that_nobody_can_fetch_goes_along_to_the_Agents_API()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "picture");
        var job = VendorWire.Job("/v1/generations", "image2image", "uni-1") with { Image = new(path, "image/png") };

        VendorWire.Same("""{"model":"uni-1","prompt":"A lighthouse","type":"image_edit","source":{"data":"cGljdHVyZQ==","media_type":"image/png"}}""", Luma.Submit(job));
    }

    [Theory]
    [InlineData(400, """{"detail":"Insufficient credits"}""", ProviderFault.InsufficientQuota, "Insufficient credits")]
    [InlineData(400, """{"detail":"Prompt not allowed because advanced moderation failed"}""", ProviderFault.ContentPolicy, "Prompt not allowed because advanced moderation failed")]
    [InlineData(401, """{"detail":"Not authenticated"}""", ProviderFault.InsufficientQuota, "Not authenticated")]
    [InlineData(402, """{"detail":"Budget exhausted"}""", ProviderFault.InsufficientQuota, "Budget exhausted")]
    [InlineData(422, """{"detail":[{"loc":["body","video"],"msg":"10s is not supported with hdr"}]}""", ProviderFault.InvalidInput, "10s is not supported with hdr")]
    [InlineData(429, """{"detail":"Slow down"}""", ProviderFault.RateLimited, "Slow down")]
    [InlineData(500, "oops", ProviderFault.Internal, "oops")]
    [InlineData(503, "{}", ProviderFault.Unavailable, "{}")]
    public void An_error_is_one_of_ours(int status, string body, ProviderFault fault, string message)
    {
        var failed = Luma.Fault(VendorWire.Answer(body, status));
        Assert.Equal((fault, message), (failed.Fault, failed.Message));
    }

    [Theory]
    [InlineData("content_moderated", "Sorry.", ProviderFault.ContentPolicy)]
    [InlineData("budget_exhausted", "Sorry.", ProviderFault.InsufficientQuota)]
    [InlineData("rate_limited", "Sorry.", ProviderFault.RateLimited)]
    [InlineData("generation_failed", "Sorry.", ProviderFault.Internal)]
    [InlineData("", "Advanced moderation failed for frames", ProviderFault.ContentPolicy)]
    [InlineData("", "Out of luck", ProviderFault.Internal)]
    public void A_failure_is_one_of_ours(string code, string reason, ProviderFault fault) =>
        Assert.Equal(new VendorReply.Failed(fault, reason), Asked($$"""{"state":"failed","failure_code":"{{code}}","failure_reason":"{{reason}}"}"""));

    [Fact]
    public void Nothing_but_an_output_is_success()
    {
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(3)), Asked("""{"state":"processing"}"""));
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(3)), Asked("""{"state":"resting"}"""));
        Assert.IsType<VendorReply.Unknown>(Asked("""{"state":"completed","output":[]}"""));
        Assert.IsType<VendorReply.Unknown>(Asked("""{"state":"completed","output":[{"url":"javascript:1"}]}"""));
        var made = Assert.IsType<VendorReply.Made>(Asked("""{"state":"completed","output":[{"type":"image","url":"https://x.test/1.png"}]}"""));
        Assert.Equal("7", Assert.Single(made.Outputs).UpstreamId);
    }

    [Fact]
    public void A_call_names_the_generation() =>
        Assert.Equal(new VendorCallback(true, "7"), Luma.Called(new(), new Dictionary<string, string>(), Encoding.UTF8.GetBytes("""{"id":"7","state":"dreaming"}"""), DateTimeOffset.UtcNow));

    private static Dictionary<string, MediaInput> Last => new() { ["lastFrame"] = VendorWire.Media("last.png", "image/png") };

    private static VendorReply Asked(string body) => Luma.Asked(VendorWire.Job("/v1/generations", "text2image", "uni-1"), "7", VendorWire.Answer(body));

    private static void Agents(string wanted, string type, string model, string parameters, string? operation = null, string? negative = null, bool last = false)
    {
        var job = VendorWire.Job("/v1/generations", type, model, parameters, negative: negative);
        if (operation is not null) job = job with { Facts = new Dictionary<string, JsonElement> { ["operation"] = JsonSerializer.SerializeToElement(operation) } };
        if (last) job = job with { More = Last };
        VendorWire.Same(wanted, Luma.Submit(job));
    }
}
