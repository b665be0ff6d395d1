using System.Net;
using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Server.Providers.OpenAi;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class OpenAiTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private readonly TestPostgres postgres = postgres;

    private protected override VendorServer Vendor() => new OpenAiServer();

    private protected override (string Model, string Type) Usual => ("gpt-image-2", "text2image");

    [Fact]
    public async Task All_that_can_be_said_about_a_picture_reaches_it()
    {
        await using var world = await VendorWorld.Start(postgres, new OpenAiServer());

        var ended = await Run(world, "gpt-image-2.5-sunburst", "text2image", 3, ("size", "2048x2048"), ("quality", "high"), ("outputFormat", "webp"), ("background", "opaque"), ("style", "woodcut"));

        Assert.Equal(3, ended.GetProperty("outputs").GetArrayLength());
        Assert.All(ended.GetProperty("outputs").EnumerateArray(), output => Assert.Equal("image/webp", output.GetProperty("contentType").GetString()));
        var body = Assert.Single(world.Vendor.Requests).Json;
        Assert.Equal("""{"model":"gpt-image-2.5-sunburst","prompt":"A lighthouse in a storm. Style: woodcut.","quality":"high","size":"2048x2048","output_format":"webp","background":"opaque","n":3}""", body.GetRawText());
    }

    [Theory]
    [InlineData("1:1", "1024x1024")]
    [InlineData("3:2", "1536x1024")]
    [InlineData("2:3", "1024x1536")]
    [InlineData("16:9", "1536x864")]
    [InlineData("9:16", "864x1536")]
    public void A_shape_is_a_size_there_and_nothing_dearer_is_made_than_was_sold(string shape, string size)
    {
        var job = new VendorJob(Guid.NewGuid(), new(Guid.NewGuid(), "text2image", "gpt-image-2", "A lighthouse", null, Params(("aspectRatio", shape)), 1, ""), "gpt-image-2", "/v1/images/generations", 1, null)
        {
            Access = new(),
            Facts = Params(("defaultQuality", "medium")),
        };

        var body = new OpenAiVendor().Submit(job).Json!;

        Assert.Equal((size, "medium"), (body["size"]!.GetValue<string>(), body["quality"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_picture_is_edited_where_its_mask_lets_it()
    {
        await using var world = await VendorWorld.Start(postgres, new OpenAiServer());
        var picture = world.Request(world.Catalog.Find("gpt-image-2")!, "image2image", "")["inputImageUrl"]!;

        await Run(world, "gpt-image-2", "image2image", 2, ("mask", picture), ("size", "1536x1024"), ("quality", "low"));

        var parts = Assert.Single(world.Vendor.Requests).Parts;
        Assert.Equal(["image[]", "mask", "model", "n", "prompt", "quality", "size"], parts.Keys.Order());
        Assert.Equal(("image/png", "image/png", "2"), (parts["image[]"].ContentType, parts["mask"].ContentType, parts["n"].Text));
        Assert.Equal(parts["image[]"].Bytes, parts["mask"].Bytes);
    }

    [Theory]
    [InlineData("mp3", "mp3", "audio/mpeg")]
    [InlineData("opus", "opus", "audio/ogg")]
    [InlineData("aac", "aac", "audio/aac")]
    [InlineData("flac", "flac", "audio/flac")]
    [InlineData("wav", "wav", "audio/wav")]
    [InlineData("pcm", "wav", "audio/wav")]
    public async Task Every_format_of_speech_can_be_kept(string wanted, string asked, string kept)
    {
        await using var world = await VendorWorld.Start(postgres, new OpenAiServer());

        var ended = await Run(world, "gpt-4o-mini-tts", "audio", 1, ("format", wanted), ("voice", "coral"), ("speed", 1.5), ("instructions", "Whisper."));

        Assert.Equal(kept, ended.GetProperty("outputs")[0].GetProperty("contentType").GetString());
        Assert.Equal($$"""{"model":"gpt-4o-mini-tts","input":"A lighthouse in a storm","voice":"coral","response_format":"{{asked}}","speed":1.5,"instructions":"Whisper."}""",
            Assert.Single(world.Vendor.Requests).Json.GetRawText());
    }

    [Theory]
    [InlineData(400, "moderation_blocked", ProviderFault.ContentPolicy)]
    [InlineData(400, "content_policy_violation", ProviderFault.ContentPolicy)]
    [InlineData(400, "invalid_value", ProviderFault.InvalidInput)]
    [InlineData(400, "billing_hard_limit_reached", ProviderFault.InsufficientQuota)]
    [InlineData(401, "invalid_api_key", ProviderFault.InsufficientQuota)]
    [InlineData(403, "unsupported_country_region_territory", ProviderFault.InsufficientQuota)]
    [InlineData(404, "model_not_found", ProviderFault.InsufficientQuota)]
    [InlineData(409, "conflict", ProviderFault.Unavailable)]
    [InlineData(429, "insufficient_quota", ProviderFault.InsufficientQuota)]
    [InlineData(429, "rate_limit_exceeded", ProviderFault.RateLimited)]
    [InlineData(500, "server_error", ProviderFault.Internal)]
    [InlineData(503, "overloaded", ProviderFault.Unavailable)]
    public void What_it_says_is_one_of_our_faults(int status, string code, ProviderFault fault)
    {
        var json = JsonSerializer.SerializeToElement(new { error = new { message = "So it is.", type = "some_error", param = (string?)null, code } });

        var failed = new OpenAiVendor().Fault(new(status, _ => null, json.GetRawText(), json));

        Assert.Equal((fault, "So it is."), (failed.Fault, failed.Message));
    }

    [Fact]
    public async Task Its_closed_video_models_are_not_on_offer()
    {
        await using var world = await VendorWorld.Start(postgres, new OpenAiServer());

        Assert.DoesNotContain(world.Offers, offer => offer.Type.EndsWith("2video", StringComparison.Ordinal) && world.Catalog.Unavailable(offer.Entry) is null);
    }

    private static async Task<JsonElement> Run(VendorWorld world, string model, string type, int count, params (string Name, object Value)[] parameters)
    {
        var request = world.Request(world.Catalog.Find(model)!, type, "A lighthouse in a storm");
        request["count"] = count;
        request["params"] = parameters.ToDictionary(one => one.Name, one => one.Value);
        var (status, body) = await world.Caller.Post("/v1/generations", request);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        var ended = await world.Ended(body.GetProperty("data").GetProperty("id").GetGuid());
        Assert.True(ended.GetProperty("status").GetString() == "completed", ended.ToString());
        Assert.Empty(world.Vendor.Faults);
        return ended;
    }

    private static Dictionary<string, JsonElement> Params(params (string Name, object Value)[] all) => all.ToDictionary(one => one.Name, one => JsonSerializer.SerializeToElement(one.Value));
}
