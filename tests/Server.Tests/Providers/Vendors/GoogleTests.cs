using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Rpd.Server.Catalog;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Google;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class GoogleTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private readonly TestPostgres postgres = postgres;

    private protected override VendorServer Vendor() => new GoogleServer();

    private protected override (string Model, string Type) Usual => ("gemini-omni-1.1-flash", "text2video");

    [Fact]
    public async Task A_clip_is_uploaded_then_edited_and_the_key_stays_with_Google()
    {
        await using var world = await VendorWorld.Start(postgres, new GoogleServer());

        await GoogleRuns.Run(world, "gemini-omni-1.1-flash", "video2video", 1, ("resolution", "720p"));

        var body = world.Vendor.Requests.Single(world.Vendor.Starts).Json;
        Assert.Equal(["video", "text"], body.GetProperty("input").EnumerateArray().Select(item => item.GetProperty("type").GetString()));
        Assert.Equal("""{"type":"video","delivery":"uri","resolution":"720p"}""", body.GetProperty("response_format").GetRawText());
        Assert.Equal("edit", body.GetProperty("generation_config").GetProperty("video_config").GetProperty("task").GetString());
        var media = Assert.Single(world.Vendor.Requests, request => request.Path.StartsWith("/media/", StringComparison.Ordinal));
        Assert.Null(media.Header("x-goog-api-key"));
    }

    [Fact]
    public async Task All_that_can_be_said_about_an_Omni_video_reaches_it()
    {
        await using var world = await VendorWorld.Start(postgres, new GoogleServer());

        await GoogleRuns.Run(world, "gemini-omni-1.1-flash", "image2video", 1, ("aspectRatio", "9:16"), ("duration", 7), ("resolution", "720p"), ("task", "reference_to_video"), ("style", "noir"));

        var body = world.Vendor.Requests.Single(world.Vendor.Starts).Json;
        Assert.Equal(["image", "text"], body.GetProperty("input").EnumerateArray().Select(item => item.GetProperty("type").GetString()));
        Assert.Equal("A lighthouse in a storm. Style: noir.", body.GetProperty("input")[1].GetProperty("text").GetString());
        Assert.Equal("""{"type":"video","delivery":"uri","resolution":"720p","aspect_ratio":"9:16","duration":"7s"}""", body.GetProperty("response_format").GetRawText());
        Assert.Equal("reference_to_video", body.GetProperty("generation_config").GetProperty("video_config").GetProperty("task").GetString());
    }

    [Fact]
    public async Task All_that_can_be_said_about_a_still_reaches_it()
    {
        await using var world = await VendorWorld.Start(postgres, new GoogleServer());

        await GoogleRuns.Run(world, "nano-banana-2", "image2image", 2, ("aspectRatio", "21:9"), ("resolution", "2K"));

        var bodies = world.Vendor.Requests.Where(world.Vendor.Starts).Select(request => request.Json).ToArray();
        Assert.Equal(2, bodies.Length);
        Assert.All(bodies, body => Assert.Equal("""{"responseModalities":["IMAGE"],"imageConfig":{"imageSize":"2K","aspectRatio":"21:9"}}""", body.GetProperty("generationConfig").GetRawText()));
    }

    [Fact]
    public async Task A_refused_still_costs_nothing()
    {
        await using var world = await VendorWorld.Start(postgres, new GoogleServer());
        var before = await world.Caller.Balance();

        var ended = await world.Run(world.Catalog.Find("nano-banana-pro")!, "text2image", "forbidden things");

        Assert.Equal("content_policy", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(before, await world.Caller.Balance());
    }

    [Theory]
    [InlineData(400, """{"error":{"code":400,"message":"Bad aspect ratio.","status":"INVALID_ARGUMENT"}}""", ProviderFault.InvalidInput)]
    [InlineData(400, """[{"error":{"code":400,"message":"Bad aspect ratio.","status":"INVALID_ARGUMENT"}}]""", ProviderFault.InvalidInput)]
    [InlineData(400, """{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}""", ProviderFault.InsufficientQuota)]
    [InlineData(400, """{"error":{"code":400,"message":"The prompt violates Google's Responsible AI practices.","status":"INVALID_ARGUMENT"}}""", ProviderFault.ContentPolicy)]
    [InlineData(400, """{"error":{"code":400,"message":"Blocked.","status":"PROHIBITED_CONTENT"}}""", ProviderFault.ContentPolicy)]
    [InlineData(400, """{"error":{"code":"SAFETY","message":"Blocked."}}""", ProviderFault.ContentPolicy)]
    [InlineData(400, """{"error":{"code":400,"message":"Billing is off.","status":"FAILED_PRECONDITION"}}""", ProviderFault.InsufficientQuota)]
    [InlineData(401, """{"error":{"code":401,"message":"Who?","status":"UNAUTHENTICATED"}}""", ProviderFault.InsufficientQuota)]
    [InlineData(403, """{"error":{"code":403,"message":"No.","status":"PERMISSION_DENIED"}}""", ProviderFault.InsufficientQuota)]
    [InlineData(404, """{"error":{"code":404,"message":"Gone.","status":"NOT_FOUND"}}""", ProviderFault.InvalidInput)]
    [InlineData(429, """{"error":{"code":429,"message":"Slowly.","status":"RESOURCE_EXHAUSTED"}}""", ProviderFault.RateLimited)]
    [InlineData(500, """{"error":{"code":500,"message":"Oh.","status":"INTERNAL"}}""", ProviderFault.Internal)]
    [InlineData(503, """{"error":{"code":503,"message":"Full.","status":"UNAVAILABLE"}}""", ProviderFault.Unavailable)]
    [InlineData(504, """{"error":{"code":504,"message":"Late.","status":"DEADLINE_EXCEEDED"}}""", ProviderFault.TimedOut)]
    [InlineData(502, "<html>", ProviderFault.Unavailable)]
    public void What_it_says_is_one_of_our_faults(int status, string text, ProviderFault fault) => Assert.Equal(fault, new GoogleVendor().Fault(Answer(text, status)).Fault);

    [Fact]
    public void It_says_how_long_to_wait() => Assert.Equal(TimeSpan.FromSeconds(12), new GoogleVendor()
        .Fault(Answer("""{"error":{"code":429,"message":"Slowly.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"12s"}]}}""", 429)).RetryAfter);

    [Theory]
    [InlineData("veo-3.1-generate-001", "ServiceAccount")]
    [InlineData("gemini-3-pro-image", "ApiKey")]
    [InlineData("gemini-omni-1.1-flash", "ApiKey")]
    public void Every_model_says_which_credentials_it_lacks(string model, string setting)
    {
        var vendor = new GoogleVendor();

        Assert.Contains($"Providers:google:{setting}", vendor.Missing(new(), model), StringComparison.Ordinal);
        Assert.Null(vendor.Missing(setting == "ApiKey" ? new() { ApiKey = new("k") } : new() { ServiceAccount = new("{}"), Project = "p" }, model));
    }

    [Fact]
    public async Task A_service_account_is_exchanged_once_for_a_token_which_goes_to_the_cloud_alone()
    {
        var exchanges = new List<string>();
        var access = new VendorAccess { ServiceAccount = new(GoogleServer.Account("https://tokens.example/token")), Project = "p", ApiKey = new("key") };
        var session = new VendorSession(access, TimeProvider.System, async (request, cancel) =>
        {
            exchanges.Add($"{request.RequestUri} {await request.Content!.ReadAsStringAsync(cancel)}");
            return JsonSerializer.SerializeToElement(new { access_token = "token", expires_in = 3599 });
        }, new(TimeProvider.System));

        var headers = new List<string?>();
        foreach (var address in new[]
        {
            "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google/models/veo:predictLongRunning", "https://storage.googleapis.com/storage/v1/b/x/o/y?alt=media",
            "https://generativelanguage.googleapis.com/v1beta/interactions", "https://example.org/v1/projects/p", "https://aiplatform.googleapis.com.example.org/v1/projects/p",
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            await new GoogleVendor().Authorize(request, session, default);
            headers.Add(request.Headers.Authorization?.ToString() ?? (request.Headers.TryGetValues("x-goog-api-key", out var keys) ? keys.Single() : null));
        }

        Assert.Equal(["Bearer token", "Bearer token", "key", null, null], headers);
        var exchange = Assert.Single(exchanges);
        Assert.StartsWith("https://tokens.example/token grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=", exchange, StringComparison.Ordinal);
        var claims = JsonDocument.Parse(WebEncoders.Base64UrlDecode(exchange.Split('=')[^1].Split('.')[1])).RootElement;
        Assert.Equal(("https://tokens.example/token", 3600), (claims.GetProperty("aud").GetString(), claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()));
    }

    internal static VendorAnswer Answer(string text, int status = 200)
    {
        try
        {
            return new(status, _ => null, text, JsonDocument.Parse(text).RootElement);
        }
        catch (JsonException)
        {
            return new(status, _ => null, text, null);
        }
    }
}

/// <summary>Veo, which leaves what it makes in Cloud Storage.</summary>
public sealed class VeoTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private readonly TestPostgres postgres = postgres;

    private protected override VendorServer Vendor() => new GoogleServer(bucket: true);

    private protected override (string Model, string Type) Usual => ("veo-3.1", "text2video");

    private protected override bool NeedsMore(CatalogEntry entry, string type) => !entry.Id.StartsWith("veo-", StringComparison.Ordinal);

    [Fact]
    public async Task All_that_can_be_said_about_a_Veo_video_reaches_it_and_its_outputs_are_one_call()
    {
        var vendor = new GoogleServer();
        await using var world = await VendorWorld.Start(postgres, vendor);
        var picture = world.Request(world.Catalog.Find("veo-3.1")!, "image2video", "")["inputImageUrl"]!;

        await GoogleRuns.Run(world, "veo-3.1", "image2video", 2, ("aspectRatio", "9:16"), ("duration", 6), ("resolution", "4k"), ("seed", 4_294_967_303), ("audio", true), ("lastFrame", picture), ("negativePrompt", "fog"));

        var body = Assert.Single(world.Vendor.Requests, world.Vendor.Starts).Json;
        Assert.Equal(["image", "lastFrame", "prompt"], body.GetProperty("instances")[0].EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("""{"sampleCount":2,"generateAudio":true,"negativePrompt":"fog","seed":7,"durationSeconds":6,"aspectRatio":"9:16","resolution":"4k"}""", body.GetProperty("parameters").GetRawText());
        Assert.Equal(1, vendor.TokensGiven);
    }

    [Fact]
    public async Task A_clip_is_extended_in_its_own_shape()
    {
        await using var world = await VendorWorld.Start(postgres, new GoogleServer());

        await GoogleRuns.Run(world, "veo-3.1-fast", "extend", 1);

        var body = Assert.Single(world.Vendor.Requests, world.Vendor.Starts).Json;
        Assert.Equal("video/mp4", body.GetProperty("instances")[0].GetProperty("video").GetProperty("mimeType").GetString());
        Assert.Equal("""{"sampleCount":1,"generateAudio":false}""", body.GetProperty("parameters").GetRawText());
    }

    [Theory]
    [InlineData(3, "The aspect ratio is not supported.", ProviderFault.InvalidInput)]
    [InlineData(3, "The prompt contains sensitive words.", ProviderFault.ContentPolicy)]
    [InlineData(4, "Late.", ProviderFault.TimedOut)]
    [InlineData(7, "No.", ProviderFault.InsufficientQuota)]
    [InlineData(8, "Slowly.", ProviderFault.RateLimited)]
    [InlineData(13, "Oh.", ProviderFault.Internal)]
    [InlineData(14, "Full.", ProviderFault.Unavailable)]
    public void An_operation_that_failed_says_why(int code, string message, ProviderFault fault)
    {
        var answer = GoogleTests.Answer(JsonSerializer.Serialize(new { name = "o", done = true, error = new { code, message } }));

        Assert.Equal(new VendorReply.Failed(fault, message), new GoogleVendor().Asked(Job(), "o", answer));
    }

    [Theory]
    [InlineData("""{"name":"o"}""")]
    [InlineData("""{"name":"o","done":false}""")]
    [InlineData("""{"name":"o","done":"true","response":{"videos":[{"bytesBase64Encoded":"AAAA"}]}}""")]
    public void What_is_not_said_to_be_done_is_waited_for(string answer) => Assert.IsType<VendorReply.Working>(new GoogleVendor().Asked(Job(), "o", GoogleTests.Answer(answer)));

    [Fact]
    public void What_the_filters_leave_is_kept()
    {
        var reply = new GoogleVendor().Asked(Job(), "o", GoogleTests.Answer("""{"done":true,"response":{"raiMediaFilteredCount":1,"videos":[{"bytesBase64Encoded":"AAAA","mimeType":"video/mp4"}]}}"""));

        Assert.Equal("AAAA", Assert.Single(Assert.IsType<VendorReply.Made>(reply).Outputs).Base64);
    }

    private static VendorJob Job() => new(Guid.NewGuid(), new(Guid.NewGuid(), "text2video", "veo-3.1", "A lighthouse", null, new Dictionary<string, JsonElement>(), 1, ""), "veo-3.1-generate-001",
        "/v1/projects/{p}/locations/{loc}/publishers/google/models/veo-3.1-generate-001:predictLongRunning", 1, null)
    { Access = new() };
}

internal static class GoogleRuns
{
    /// <param name="parameters">Beside what the model needs; <c>negativePrompt</c> stands beside the params in a request.</param>
    public static async Task Run(VendorWorld world, string model, string type, int count, params (string Name, object Value)[] parameters)
    {
        var request = world.Request(world.Catalog.Find(model)!, type, "A lighthouse in a storm");
        request["count"] = count;
        request["negativePrompt"] = parameters.FirstOrDefault(one => one.Name == "negativePrompt").Value;
        request["params"] = parameters.Where(one => one.Name != "negativePrompt").ToDictionary(one => one.Name, one => one.Value);
        var (status, body) = await world.Caller.Post("/v1/generations", request);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        var ended = await world.Ended(body.GetProperty("data").GetProperty("id").GetGuid());
        Assert.True(ended.GetProperty("status").GetString() == "completed", ended.ToString());
        Assert.Equal(count, ended.GetProperty("outputs").GetArrayLength());
        Assert.Empty(world.Vendor.Faults);
    }
}
