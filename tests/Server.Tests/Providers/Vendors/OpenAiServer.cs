using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>OpenAI's pictures and speech, which come with the answer. Facts: openai/openai-openapi and the official clients, August 2026.</summary>
internal sealed class OpenAiServer : VendorServer
{
    public const string Key = "sk-proj-0123456789abcdef";
    private static readonly string[] Voices = ["alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer", "verse", "marin", "cedar"];
    private static readonly string[] NewStills = ["gpt-image-2", "gpt-image-2.5-flare", "gpt-image-2.5-sunburst"], OldStills = ["gpt-image-1.5", "gpt-image-1-mini"];
    private int jobs;

    public override string Name => "openai";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["ApiKey"] = Key };

    public override int Jobs => jobs;

    public override bool Starts(VendorRequest request) => request.Method == "POST";

    public override bool Asks(VendorRequest request) => false;

    public override bool Downloads(VendorRequest request) => false;

    protected override VendorSays Refusal(string what) => Says(400, "invalid_request_error", "invalid_value", what);

    protected override async Task<VendorSays> Answer(VendorRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {Key}")
        {
            Faults.Enqueue($"{request}: wrong Authorization");
            return Says(401, "invalid_request_error", "invalid_api_key", $"Incorrect API key provided: {request.Header("Authorization")}.");
        }
        return request switch
        {
            { Method: "GET", Path: "/v1/models" } => VendorSays.Ok(new JsonObject { ["object"] = "list", ["data"] = new JsonArray(new JsonObject { ["id"] = "gpt-image-2", ["object"] = "model", ["created"] = 0, ["owned_by"] = "openai" }) }),
            { Method: "POST", Path: "/v1/images/generations" } => await Generate(request),
            { Method: "POST", Path: "/v1/images/edits" } => await Edit(request),
            { Method: "POST", Path: "/v1/audio/speech" } => await Speak(request),
            _ => Wrong($"{request} is no route"),
        };
    }

    private static VendorSays Says(int status, string type, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = code } });

    private async Task<VendorSays> Generate(VendorRequest request)
    {
        var check = Options(new(request.Json)).Text("moderation", oneOf: ["auto", "low"]);
        return check.Wrong is { Count: > 0 } wrong ? Wrong($"{request}: {string.Join("; ", wrong)}") : await Pictures(check, request.Json.TryGetProperty("n", out var n) ? n.GetInt32() : 1);
    }

    /// <summary>A form: its numbers are text, and its pictures are files under <c>image</c> or <c>image[]</c>.</summary>
    private async Task<VendorSays> Edit(VendorRequest request)
    {
        var members = new JsonObject();
        var images = 0;
        foreach (var (name, part) in request.Parts)
        {
            if (part.Text is { } text) members[name] = name is "n" or "output_compression" && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text;
            else if (part.FileName is not { Length: > 0 } || part.Bytes.Length is 0 or >= 50_000_000) return Wrong($"{request}: {name} is no file");
            else if (name == "mask" && (Kind(part) != "image/png" || part.Bytes.Length >= 4_000_000)) return Wrong($"{request}: mask is no PNG");
            else if (name is "image" or "image[]" && Kind(part) is "image/png" or "image/jpeg" or "image/webp") images++;
            else if (name != "mask") return Wrong($"{request}: {name} is {part.ContentType}");
        }
        if (images == 0) return Wrong($"{request}: image is missing");
        using var json = System.Text.Json.JsonDocument.Parse(members.ToJsonString());
        var check = Options(new(json.RootElement)).Text("input_fidelity", oneOf: ["low", "high"]);
        return check.Wrong is { Count: > 0 } wrong ? Wrong($"{request}: {string.Join("; ", wrong)}") : await Pictures(check, members["n"]?.GetValue<long>() ?? 1);
    }

    /// <summary>Its own client for .NET leaves it to the file's name.</summary>
    private static string? Kind(VendorFormPart part) => part.ContentType is { Length: > 0 } and not "application/octet-stream" ? part.ContentType
        : Path.GetExtension(part.FileName) switch { ".png" => "image/png", ".jpg" => "image/jpeg", ".webp" => "image/webp", _ => null };

    private static BodyCheck Options(BodyCheck check)
    {
        var model = check.Value("model");
        check.Text("model", required: true, oneOf: [.. NewStills, .. OldStills]).Text("prompt", required: true, most: 32_000).Whole("n", least: 1, most: 10)
            .Text("quality", oneOf: model?.StartsWith("gpt-image-2.5", StringComparison.Ordinal) == true ? ["low", "medium", "high", "xhigh", "max", "auto"] : ["low", "medium", "high", "auto"])
            .Text("output_format", oneOf: ["png", "jpeg", "webp"]).Whole("output_compression", least: 0, most: 100)
            .Text("background", oneOf: model == "gpt-image-2" ? ["opaque", "auto"] : ["transparent", "opaque", "auto"]).Text("user");
        return NewStills.Contains(model) ? check.Is("size", FreeSize) : check.Text("size", oneOf: ["auto", "1024x1024", "1536x1024", "1024x1536"]);
    }

    private static string? FreeSize(string size)
    {
        if (size == "auto") return null;
        if (size.Split('x') is not [var across, var down] || !int.TryParse(across, CultureInfo.InvariantCulture, out var width) || !int.TryParse(down, CultureInfo.InvariantCulture, out var height)) return "is no size";
        var (most, least) = (Math.Max(width, height), Math.Min(width, height));
        return width % 16 != 0 || height % 16 != 0 || most > 3840 || most > least * 3 || width * height is < 655_360 or > 8_294_400 ? $"is {size}" : null;
    }

    private async Task<VendorSays> Pictures(BodyCheck check, long count)
    {
        if (Forbidden(check.Value("prompt"))) return Says(400, "image_generation_user_error", "moderation_blocked", "Your request was rejected by the safety system.");
        Interlocked.Increment(ref jobs);
        var format = check.Value("output_format") ?? "png";
        var picture = Convert.ToBase64String(await File.ReadAllBytesAsync(await Picture(format == "jpeg" ? "picture.jpg" : $"picture.{format}")));
        return VendorSays.Ok(new JsonObject
        {
            ["created"] = 1_790_000_000,
            ["background"] = "opaque",
            ["output_format"] = format,
            ["quality"] = check.Value("quality") is null or "auto" ? "medium" : check.Value("quality"),
            ["size"] = check.Value("size") is null or "auto" ? "1024x1024" : check.Value("size"),
            ["data"] = new JsonArray([.. Enumerable.Range(0, (int)count).Select(_ => (JsonNode)new JsonObject { ["b64_json"] = picture })]),
            ["usage"] = new JsonObject
            {
                ["input_tokens"] = 10,
                ["output_tokens"] = 1056,
                ["total_tokens"] = 1066,
                ["input_tokens_details"] = new JsonObject { ["text_tokens"] = 10, ["image_tokens"] = 0 },
            },
        });
    }

    private async Task<VendorSays> Speak(VendorRequest request)
    {
        var check = new BodyCheck(request.Json).Text("model", required: true, oneOf: ["gpt-4o-mini-tts", "tts-1", "tts-1-hd"]).Text("input", required: true, most: 4096).Text("voice", required: true, oneOf: Voices)
            .Text("response_format", oneOf: ["mp3", "opus", "aac", "flac", "wav", "pcm"]).Number("speed", least: 0.25, most: 4).Text("stream_format", oneOf: ["audio", "sse"]);
        // The plain voices take no direction.
        if (check.Value("model") == "gpt-4o-mini-tts") check.Text("instructions");
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        if (Forbidden(check.Value("input"))) return Says(400, "invalid_request_error", "content_policy_violation", "Your request was rejected by the safety system.");
        Interlocked.Increment(ref jobs);
        return check.Value("response_format") switch
        {
            "opus" => VendorSays.Media(await Sound("sound.opus"), "audio/opus"),
            "aac" => VendorSays.Media(await Sound("sound.aac"), "audio/aac"),
            "flac" => VendorSays.Media(await Sound("sound.flac"), "audio/flac"),
            "wav" => VendorSays.Media(await Sound("sound.wav"), "audio/wav"),
            "pcm" => VendorSays.Media(await Samples(), "audio/pcm"),
            _ => VendorSays.Media(await Sound(), "audio/mpeg"),
        };
    }

    /// <summary>What follows after the head of a WAV.</summary>
    private async Task<string> Samples()
    {
        var wav = await Sound("sound.wav");
        var bytes = await File.ReadAllBytesAsync(wav);
        await File.WriteAllBytesAsync(wav + ".pcm", bytes[(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("data")) + 8)..]);
        return wav + ".pcm";
    }

    private static bool Forbidden(string? text) => text?.Contains("forbidden", StringComparison.Ordinal) == true;
}
