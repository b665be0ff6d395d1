using System.Security.Cryptography;
using System.Text;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Bfl;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class BflTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new BflServer();

    private protected override (string Model, string Type) Usual => ("flux-2-pro", "text2image");
}

/// <summary>What is particular about a run at BFL.</summary>
public sealed class BflRunTests(TestPostgres postgres)
{
    [Fact]
    public async Task The_seed_that_it_chose_is_kept()
    {
        await using var world = await VendorWorld.Start(postgres, new BflServer());

        var ended = await world.Run(world.Catalog.Find("flux-2-pro")!, "text2image");

        Assert.Equal(42, await world.App.Scalar<long>("select seed from outputs where generation_id = $1", ended.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task With_a_secret_it_is_asked_to_call_and_is_asked_all_the_same()
    {
        await using var world = await VendorWorld.Start(postgres, new BflServer("a-secret-of-ours"));

        var ended = await world.Run(world.Catalog.Find("flux-2-pro")!, "text2image");

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Contains("/callbacks/bfl/", ((BflServer)world.Vendor).Webhook, StringComparison.Ordinal);
        Assert.Empty(world.Vendor.Faults);
    }
}

/// <summary>What is said to BFL, and what its words mean.</summary>
public sealed class BflWireTests
{
    private const string Shared = "a-secret-of-ours";
    private static readonly BflVendor Bfl = new();
    private static readonly VendorAccess Signing = new() { WebhookSecret = new Secret(Shared) };

    [Fact]
    public void Everything_that_can_be_set_is_said()
    {
        Same("flux-2-flex", """{"prompt":"A lighthouse. Style: noir. Avoid: people.","seed":5,"safety_tolerance":3,"output_format":"webp","width":1008,"height":64,"input_image":"https://files.test/a.png","steps":20,"guidance":3.5}""",
            """{"style":"noir","seed":5,"safetyTolerance":3,"outputFormat":"webp","width":1023,"height":64,"steps":20,"guidance":3.5}""", negative: "people");
        Same("flux-kontext-pro", """{"prompt":"A lighthouse","seed":5,"safety_tolerance":6,"output_format":"png","aspect_ratio":"3:2","input_image":"https://files.test/a.png"}""",
            """{"seed":5,"safetyTolerance":6,"outputFormat":"png","aspectRatio":"3:2"}""");
        Same("flux-pro-1.1-ultra", """{"prompt":"A lighthouse","aspect_ratio":"9:21","raw":true,"image_prompt":"https://files.test/a.png","image_prompt_strength":0.25}""",
            """{"aspectRatio":"9:21","raw":true,"imagePromptStrength":0.25}""");
        Same("flux-pro-1.0-fill", """{"prompt":"A lighthouse","image":"https://files.test/a.png","mask":"https://files.test/mask.png","steps":30,"guidance":60}""", """{"steps":30,"guidance":60}""", more: "mask");
        Same("flux-pro-1.0-expand", """{"prompt":"A lighthouse","image":"https://files.test/a.png","top":100,"left":2048}""", """{"pixels":{"top":100,"left":2048,"right":9999,"bottom":"?"}}""");
        Same("flux-3-video", """{"mode":"i2v","prompt":"A lighthouse","keyframes":["https://files.test/a.png","https://files.test/lastFrame.png"],"duration":8,"resolution":"fhd","aspect_ratio":"2:1","generate_audio":false}""",
            """{"duration":8,"resolution":"fhd","aspectRatio":"2:1","audio":"off"}""", type: "image2video", more: "lastFrame");
    }

    [Theory]
    [InlineData("https://api.eu1.bfl.ai/v1/get_result?id=7", "https://api.eu1.bfl.ai/v1/get_result?id=7")]
    [InlineData("https://api.bfl.ai/v1/get_result?id=7", "https://api.bfl.ai/v1/get_result?id=7")]
    [InlineData("https://api.bfl.ai.evil.test/v1/get_result?id=7", "/v1/get_result?id=7")]
    [InlineData("https://evilbfl.ai/v1/get_result?id=7", "/v1/get_result?id=7")]
    [InlineData("http://api.eu1.bfl.ai/v1/get_result?id=7", "/v1/get_result?id=7")]
    [InlineData("https://api.eu1.bfl.ai:8443/v1/get_result?id=7", "/v1/get_result?id=7")]
    [InlineData("", "/v1/get_result?id=7")]
    public void Our_key_goes_to_its_own_hosts_alone(string given, string asked) =>
        Assert.Equal(asked, Assert.IsType<VendorReply.Taken>(Bfl.Submitted(Job(), VendorWire.Answer($$"""{"id":"7","polling_url":"{{given}}"}"""))).UpstreamId);

    [Theory]
    [InlineData(402, """{"detail":"Insufficient credits"}""", ProviderFault.InsufficientQuota, "Insufficient credits")]
    [InlineData(403, """{"detail":"Not authenticated"}""", ProviderFault.InsufficientQuota, "Not authenticated")]
    [InlineData(422, """{"detail":[{"loc":["body","width"],"msg":"Input should be less than 2048","type":"x"},{"loc":["body","seed"],"msg":"Odd"}]}""", ProviderFault.InvalidInput, "width: Input should be less than 2048; seed: Odd")]
    [InlineData(429, """{"detail":"Too many active tasks"}""", ProviderFault.RateLimited, "Too many active tasks")]
    [InlineData(500, "oops", ProviderFault.Internal, "oops")]
    [InlineData(503, "{}", ProviderFault.Unavailable, "{}")]
    public void An_error_is_one_of_ours(int status, string body, ProviderFault fault, string message)
    {
        var failed = Bfl.Fault(VendorWire.Answer(body, status));
        Assert.Equal((fault, message), (failed.Fault, failed.Message));
    }

    [Fact]
    public void Nothing_but_a_sample_is_success()
    {
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(2), 30), Asked("""{"status":"Pending","progress":0.3}"""));
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(2)), Asked("""{"status":"Pending","progress":null}"""));
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(2)), Asked("""{"status":"Drying"}"""));
        Assert.IsType<VendorReply.Unknown>(Asked("""{"status":"Ready","result":{"sample":"ftp://x.test/a.png"}}"""));
        Assert.Equal(VendorReply.Refused("Violence, Blood"), Asked("""{"status":"Request Moderated","details":{"Moderation Reasons":["Violence","Blood"]}}"""));
        Assert.Equal(VendorReply.Refused("It was moderated."), Asked("""{"status":"Content Moderated"}"""));
        Assert.Equal(ProviderFault.Internal, Assert.IsType<VendorReply.Failed>(Asked("""{"status":"Error"}""")).Fault);
        Assert.Equal(ProviderFault.Internal, Assert.IsType<VendorReply.Failed>(Asked("""{"status":"Failed"}""")).Fault);
        Assert.Equal(ProviderFault.TimedOut, Assert.IsType<VendorReply.Failed>(Asked("""{"status":"Task not found"}""")).Fault);
    }

    [Fact]
    public void A_call_with_a_wrong_signature_is_refused()
    {
        var body = Encoding.UTF8.GetBytes("""{"task_id":"7","status":"SUCCESS"}""");
        var right = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Shared), body));

        Assert.Equal(new VendorCallback(true, "/v1/get_result?id=7"), Called(body, right));
        Assert.Equal(new VendorCallback(true, "/v1/get_result?id=7"), Called(body, null));
        Assert.False(Called(body, right[..^1] + "x")!.Verified);
        Assert.False(Called(body, right["sha256=".Length..])!.Verified);
        Assert.False(Called([.. body, (byte)' '], right)!.Verified);
        Assert.False(Called(body, "")!.Verified);
    }

    private static VendorCallback? Called(byte[] body, string? signature) =>
        Bfl.Called(Signing, signature is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["x-bfl-signature"] = signature }, body, DateTimeOffset.UtcNow);

    private static VendorReply Asked(string body) => Bfl.Asked(Job(), "/v1/get_result?id=7", VendorWire.Answer(body));

    private static VendorJob Job() => VendorWire.Job("/v1/flux-2-pro", "text2image", "flux-2-pro");

    private static void Same(string model, string wanted, string parameters, string type = "image2image", string? negative = null, string? more = null)
    {
        var job = VendorWire.Job("/v1/" + model, type, model, parameters, negative: negative) with { Facts = new Dictionary<string, System.Text.Json.JsonElement> { ["multipleOf"] = System.Text.Json.JsonSerializer.SerializeToElement(16) } };
        if (more is not null) job = job with { More = new Dictionary<string, MediaInput> { [more] = VendorWire.Media($"{more}.png", "image/png") } };
        VendorWire.Same(wanted, Bfl.Submit(job));
    }
}
