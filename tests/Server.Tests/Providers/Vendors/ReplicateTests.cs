using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Replicate;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class ReplicateTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private readonly TestPostgres postgres = postgres;

    private protected override VendorServer Vendor() => new ReplicateServer();

    private protected override (string Model, string Type) Usual => ("replicate-flux-schnell", "text2image");

    [Fact]
    public async Task Every_param_reaches_the_model_by_its_own_name()
    {
        await using var world = await VendorWorld.Start(postgres, Vendor());
        (string Model, string Type, object Params, string Input)[] asked =
        [
            ("replicate-flux-schnell", "text2image", new { aspectRatio = "21:9", outputFormat = "png", seed = 7 }, """{"prompt":"A fox. Avoid: rain.","aspect_ratio":"21:9","output_format":"png","seed":7}"""),
            ("replicate-recraft-v3", "text2image", new { size = "1820x1024", style = "woodcut" }, """{"prompt":"A fox. Style: woodcut. Avoid: rain.","size":"1820x1024"}"""),
            ("replicate-real-esrgan", "upscale", new { scale = 3, faceEnhance = true }, """{"image":"*","scale":3,"face_enhance":true}"""),
            ("replicate-clarity-upscaler", "upscale", new { scaleFactor = 2, creativity = 0.4 }, """{"prompt":"A fox","negative_prompt":"rain","image":"*","scale_factor":2,"creativity":0.4}"""),
        ];

        foreach (var (model, type, values, input) in asked)
        {
            var request = world.Request(world.Catalog.Find(model)!, type, "A fox");
            request["negativePrompt"] = "rain";
            request["params"] = values;
            var (status, answer) = await world.Caller.Post("/v1/generations", request);
            Assert.True(status == HttpStatusCode.Created, $"{model}: {answer}");
            await world.Ended(answer.GetProperty("data").GetProperty("id").GetGuid());
            var sent = world.Vendor.Requests.Last(world.Vendor.Starts).Json;
            Assert.Equal(Members(JsonDocument.Parse(input).RootElement), Members(sent.GetProperty("input")));
            Assert.Contains("/callbacks/replicate/", sent.GetProperty("webhook").GetString(), StringComparison.Ordinal);
        }
        Assert.Empty(world.Vendor.Faults);
    }

    private static IReadOnlyList<string> Members(JsonElement json) =>
        [.. json.EnumerateObject().Select(member => $"{member.Name}={(member.Name == "image" ? "*" : member.Value.GetRawText())}").Order(StringComparer.Ordinal)];
}

/// <summary>What is read without a server.</summary>
public sealed class ReplicateReadingTests
{
    private static readonly ReplicateVendor Vendor = new();
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_781_080_800);

    [Theory]
    [InlineData(401, """{"title":"Unauthenticated","detail":"no token","status":401}""", ProviderFault.InsufficientQuota)]
    [InlineData(402, """{"title":"Insufficient credit","detail":"You have insufficient credit","status":402}""", ProviderFault.InsufficientQuota)]
    [InlineData(422, """{"title":"Input validation failed","detail":"- input.scale: must be less","status":422}""", ProviderFault.InvalidInput)]
    [InlineData(422, """{"detail":"NSFW content detected","status":422}""", ProviderFault.ContentPolicy)]
    [InlineData(429, """{"detail":"Request was throttled.","status":429,"retry_after":3}""", ProviderFault.RateLimited)]
    [InlineData(500, "oops", ProviderFault.Internal)]
    [InlineData(503, "down", ProviderFault.Unavailable)]
    public void Each_refusal_is_one_of_our_faults(int status, string body, ProviderFault fault) => Assert.Equal(fault, Vendor.Fault(Answers.Of(status, body)).Fault);

    [Fact]
    public void A_throttled_call_says_when_it_may_come_again() => Assert.Equal(TimeSpan.FromSeconds(3), Vendor.Fault(Answers.Of(429, """{"detail":"slow down","retry_after":3}""")).RetryAfter);

    [Theory]
    [InlineData("""{"status":"failed","error":"The input or output was flagged as sensitive. (E005)"}""", ProviderFault.ContentPolicy)]
    [InlineData("""{"status":"failed","error":"CUDA out of memory"}""", ProviderFault.Internal)]
    [InlineData("""{"status":"aborted","error":null}""", ProviderFault.Internal)]
    [InlineData("""{"status":"canceled"}""", ProviderFault.TimedOut)]
    public void A_prediction_fails_for_one_of_our_reasons(string body, ProviderFault fault) => Assert.Equal(fault, Assert.IsType<VendorReply.Failed>(Vendor.Asked(Job("/predictions"), "p", Answers.Of(200, body))).Fault);

    [Theory]
    [InlineData("\"https://a/1.png\"", 1)]
    [InlineData("""["https://a/1.png","https://a/2.png"]""", 2)]
    [InlineData("""{"image":"https://a/1.png","seed":7,"more":["https://a/2.png"],"note":"none"}""", 2)]
    public void An_output_is_an_address_a_list_or_an_object(string output, int count) =>
        Assert.Equal(count, Assert.IsType<VendorReply.Made>(Vendor.Asked(Job("/predictions"), "p", Answers.Of(200, $$"""{"status":"succeeded","output":{{output}} }"""))).Outputs.Count);

    [Theory]
    [InlineData("""{"status":"dreaming"}""")]
    [InlineData("{}")]
    public void An_unknown_state_is_still_working(string body) => Assert.IsType<VendorReply.Working>(Vendor.Asked(Job("/predictions"), "p", Answers.Of(200, body)));

    [Fact]
    public void A_model_without_a_version_is_asked_for_its_latest()
    {
        Assert.Equal((HttpMethod.Get, "/models/somebody/model"), Vendor.Submit(Job("/predictions")) is var first ? (first.Method, first.Address) : default);
        var next = Assert.IsType<VendorReply.Next>(Vendor.Submitted(Job("/predictions"), Answers.Of(200, """{"latest_version":{"id":"abc"}}""")));
        Assert.True(next.Call.Creates);
        Assert.Equal("""{"version":"abc","input":{"prompt":"A fox"}}""", next.Call.Json!.ToJsonString());
        Assert.IsType<VendorReply.Failed>(Vendor.Submitted(Job("/predictions"), Answers.Of(200, """{"latest_version":null}""")));
    }

    [Fact]
    public void A_model_that_an_operator_adds_needs_no_route()
    {
        Assert.Equal("/models/somebody/model/predictions", Vendor.Submit(Job("")).Address);
        var versioned = Vendor.Submit(Job("") with { UpstreamModel = "somebody/model:abc" });
        Assert.Equal(("/predictions", "abc"), (versioned.Address, versioned.Json!["version"]!.GetValue<string>()));
    }

    [Fact]
    public void It_can_be_told_to_stop() => Assert.Equal((HttpMethod.Post, "/predictions/p/cancel"), Vendor.Cancel(Job(""), "p") is { } call ? (call.Method, call.Address) : default);

    [Fact]
    public void A_call_is_checked_when_there_is_a_secret_to_check_it_with()
    {
        var body = """{"id":"p-1","status":"succeeded"}"""u8.ToArray();
        var key = "a key of some length"u8.ToArray();
        var access = new VendorAccess { WebhookSecret = new("whsec_" + Convert.ToBase64String(key)) };

        Assert.Equal(new VendorCallback(true, "p-1"), Vendor.Called(new(), new Dictionary<string, string>(), body, Now));
        Assert.Equal(new VendorCallback(true, "p-1"), Vendor.Called(access, Signed(key, Now, body), body, Now));
        Assert.False(Vendor.Called(access, new Dictionary<string, string>(), body, Now)!.Verified);
        Assert.False(Vendor.Called(access, Signed("another key"u8.ToArray(), Now, body), body, Now)!.Verified);
        Assert.False(Vendor.Called(access, Signed(key, Now.AddMinutes(-6), body), body, Now)!.Verified);
    }

    private static Dictionary<string, string> Signed(byte[] key, DateTimeOffset at, byte[] body)
    {
        var stamp = at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"m-1.{stamp}."), .. body]);
        return new() { ["webhook-id"] = "m-1", ["webhook-timestamp"] = stamp, ["webhook-signature"] = "v1," + Convert.ToBase64String(signature) };
    }

    private static VendorJob Job(string path) => new(Guid.Empty, new(Guid.Empty, "text2image", "m", "A fox", null, new Dictionary<string, JsonElement>(), 1, ""), "somebody/model", path, 1, null) { Access = new() };
}
