using Rpd.Server.Providers;
using Rpd.Server.Providers.Runway;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class RunwayTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new RunwayServer();

    private protected override (string Model, string Type) Usual => ("runway-gen4.5", "text2video");
}

/// <summary>What is said to Runway, and what its words mean.</summary>
public sealed class RunwayWireTests
{
    private static readonly RunwayVendor Runway = new();

    [Fact]
    public void Everything_that_can_be_set_is_said()
    {
        VendorWire.Same("""{"model":"gen4.5","promptText":"A lighthouse. Style: noir. Avoid: people.","ratio":"1584:672","duration":7,"seed":5,"promptImage":"https://files.test/a.png"}""",
            Runway.Submit(VendorWire.Job("/v1/image_to_video", "image2video", "gen4.5", """{"aspectRatio":"21:9","duration":7,"seed":5,"style":"noir"}""", negative: "people")));
        VendorWire.Same("""{"model":"aleph2","promptText":"A lighthouse","videoUri":"https://files.test/a.mp4","targetAspectRatio":"2:3","seed":5,"keyframes":[{"uri":"https://x.test/1.png","seconds":1.5},{"uri":"https://x.test/2.png","at":0.5}]}""",
            Runway.Submit(VendorWire.Job("/v1/video_to_video", "video2video", "aleph2",
                """{"targetAspectRatio":"2:3","seed":5,"keyframes":[{"uri":"https://x.test/1.png","seconds":1.5},{"uri":"https://x.test/2.png","at":0.5},{"uri":"http://10.0.0.1/3.png"},7]}""")));
        VendorWire.Same("""{"model":"act_two","character":{"type":"image","uri":"https://files.test/a.png"},"reference":{"type":"video","uri":"https://files.test/a.mp4"},"ratio":"960:960","bodyControl":true,"expressionIntensity":4,"seed":5}""",
            Runway.Submit(VendorWire.Job("/v1/character_performance", "motion_transfer", "act_two", """{"ratio":"960:960","bodyControl":true,"expressionIntensity":4,"seed":5}""")));
        VendorWire.Same("""{"model":"gen4_image","promptText":"A lighthouse","ratio":"960:720","seed":5,"referenceImages":[{"uri":"https://files.test/a.png","tag":"picture"}]}""",
            Runway.Submit(VendorWire.Job("/v1/text_to_image", "image2image", "gen4_image", """{"aspectRatio":"4:3","resolution":"720p","seed":5}""")));
        VendorWire.Same("""{"model":"m","imageUri":"https://files.test/a.png","flavor":"photo","sharpen":7,"smartGrain":8,"ultraDetail":9,"scaleFactor":4}""",
            Runway.Submit(VendorWire.Job("/v1/image_upscale", "upscale", "m", """{"flavor":"photo","sharpen":7,"smartGrain":7.6,"ultraDetail":9,"scaleFactor":4}""")));
        VendorWire.Same("""{"model":"m","videoUri":"https://files.test/a.mp4","flavor":"vivid","sharpen":7,"smartGrain":8,"resolution":"4k","creativity":30,"fpsBoost":true}""",
            Runway.Submit(VendorWire.Job("/v1/video_upscale", "upscale", "m", """{"flavor":"vivid","sharpen":7,"smartGrain":8,"resolution":"4k","creativity":30,"fpsBoost":true}""")));
    }

    [Theory]
    [InlineData("3:4", "720:1280")]
    [InlineData("9:16", "720:1280")]
    [InlineData("1:1", "1280:720")]
    [InlineData("21:9", "1280:720")]
    public void Text_alone_has_two_shapes(string asked, string said) =>
        Assert.Equal(said, Runway.Submit(VendorWire.Job("/v1/text_to_video", "text2video", "gen4.5", $$"""{"aspectRatio":"{{asked}}"}""")).Json!["ratio"]!.GetValue<string>());

    [Fact]
    public void A_file_that_nobody_can_fetch_goes_along()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "picture");
        var job = VendorWire.Job("/v1/image_upscale", "upscale", "m") with { Image = new(path, "image/png") };

        Assert.Equal("data:image/png;base64,cGljdHVyZQ==", Runway.Submit(job).Json!["imageUri"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(400, """{"error":"Validation of body failed","issues":[{"message":"ratio is wrong"}]}""", ProviderFault.InvalidInput, "Validation of body failed ratio is wrong")]
    [InlineData(400, """{"error":"You do not have enough credits to run this task."}""", ProviderFault.InsufficientQuota, "You do not have enough credits to run this task.")]
    [InlineData(401, """{"error":"Unauthorized"}""", ProviderFault.InsufficientQuota, "Unauthorized")]
    [InlineData(429, """{"error":"You exceeded your daily limit"}""", ProviderFault.RateLimited, "You exceeded your daily limit")]
    [InlineData(502, "<html>", ProviderFault.Unavailable, "<html>")]
    [InlineData(503, "{}", ProviderFault.Unavailable, "{}")]
    [InlineData(504, "", ProviderFault.TimedOut, "")]
    [InlineData(500, "[]", ProviderFault.Internal, "[]")]
    public void An_error_is_one_of_ours(int status, string body, ProviderFault fault, string message)
    {
        var failed = Runway.Fault(VendorWire.Answer(body, status));
        Assert.Equal((fault, message), (failed.Fault, failed.Message));
    }

    [Theory]
    [InlineData("SAFETY.INPUT.TEXT", ProviderFault.ContentPolicy)]
    [InlineData("SAFETY.OUTPUT.VIDEO", ProviderFault.ContentPolicy)]
    [InlineData("INPUT_PREPROCESSING.SAFETY.TEXT", ProviderFault.ContentPolicy)]
    [InlineData("ASSET.INVALID", ProviderFault.InvalidInput)]
    [InlineData("INTERNAL.BAD_OUTPUT.CODE01", ProviderFault.Internal)]
    [InlineData("INPUT_PREPROCESSING.INTERNAL", ProviderFault.Internal)]
    [InlineData("THIRD_PARTY.UNAVAILABLE", ProviderFault.Unavailable)]
    [InlineData("SOMETHING.NEW", ProviderFault.Internal)]
    public void A_failure_is_one_of_ours(string code, ProviderFault fault) =>
        Assert.Equal(new VendorReply.Failed(fault, "Sorry."), Asked($$"""{"status":"FAILED","failure":"Sorry.","failureCode":"{{code}}"}"""));

    [Fact]
    public void Nothing_but_an_output_is_success()
    {
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(5), 40), Asked("""{"status":"RUNNING","progress":0.4}"""));
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(5)), Asked("""{"status":"RUNNING","progress":17}"""));
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(5)), Asked("""{"status":"THROTTLED"}"""));
        Assert.Equal(new VendorReply.Working(TimeSpan.FromSeconds(5)), Asked("""{"status":"REWINDING"}"""));
        Assert.IsType<VendorReply.Unknown>(Asked("""{"status":"SUCCEEDED","output":[]}"""));
        Assert.IsType<VendorReply.Unknown>(Asked("""{"status":"SUCCEEDED","output":["file:///etc/passwd"]}"""));
        Assert.Equal(ProviderFault.TimedOut, Assert.IsType<VendorReply.Failed>(Asked("""{"status":"CANCELLED"}""")).Fault);
    }

    [Fact]
    public void A_task_can_be_stopped()
    {
        var call = Runway.Cancel(VendorWire.Job("/v1/text_to_video", "text2video", "gen4.5"), "a/b")!;
        Assert.Equal((HttpMethod.Delete, "/v1/tasks/a%2Fb"), (call.Method, call.Address));
    }

    private static VendorReply Asked(string body) => Runway.Asked(VendorWire.Job("/v1/text_to_video", "text2video", "gen4.5"), "id", VendorWire.Answer(body));
}
