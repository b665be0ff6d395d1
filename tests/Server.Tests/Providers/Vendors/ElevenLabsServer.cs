using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>ElevenLabs' interface: every answer is the sound itself. Facts: its own clients of July 2026.</summary>
internal sealed class ElevenLabsServer : VendorServer
{
    public const string Key = "sk_eleven_0123456789";
    private static readonly string[] Formats = ["mp3_44100_128", "mp3_22050_32", "opus_48000_128", "pcm_44100", "ulaw_8000"];
    private int made;

    public override string Name => "elevenlabs";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["ApiKey"] = Key };

    public override int Jobs => made;

    public override bool Starts(VendorRequest request) => request.Method == "POST";

    public override bool Asks(VendorRequest request) => request.Method == "GET";

    protected override VendorSays Refusal(string what) => Says(400, "invalid_request", what);

    public static VendorSays Says(int status, string what, string message) => new(status, new JsonObject { ["detail"] = new JsonObject { ["status"] = what, ["message"] = message } });

    protected override async Task<VendorSays> Answer(VendorRequest request)
    {
        if (request.Header("xi-api-key") != Key) return Says(401, "invalid_api_key", "Invalid API key");
        if (request is { Method: "GET", Path: "/v1/user/subscription" }) return VendorSays.Ok(new JsonObject { ["tier"] = "creator", ["character_count"] = 0, ["character_limit"] = 100_000 });
        if (request is { Method: "GET", Path: "/v1/voices" })
            return VendorSays.Ok(new JsonObject { ["voices"] = new JsonArray(new JsonObject { ["voice_id"] = "21m00Tcm4TlvDq8ikWAM", ["name"] = "Rachel", ["category"] = "premade", ["preview_url"] = Link("rachel.mp3") }) });
        if (request.Method != "POST") return Wrong($"{request} is no route");
        if (request.Query["output_format"] is { Count: > 0 } format && !Formats.Contains(format.ToString())) return Wrong($"{request}: output_format is {format}");
        var check = new BodyCheck(request.Json);
        var words = "text";
        switch (request.Path)
        {
            case "/v1/sound-generation":
                check.Text("text", required: true).Number("duration_seconds", least: 0.5, most: 30).Number("prompt_influence", least: 0, most: 1).Flag("loop").Text("model_id", oneOf: ["eleven_text_to_sound_v2"]);
                break;
            case "/v1/music":
                words = "prompt";
                check.Text("prompt", most: 4100).Object("composition_plan", Plan).Whole("music_length_ms", least: 3000, most: 600_000).Text("model_id", oneOf: ["music_v1"]).Flag("force_instrumental");
                if (Has(request, "prompt") == Has(request, "composition_plan")) return Wrong($"{request}: either a prompt or a composition_plan");
                if (Has(request, "composition_plan") && (Has(request, "music_length_ms") || Has(request, "force_instrumental"))) return Wrong($"{request}: a composition_plan stands alone");
                break;
            case var path when path.StartsWith("/v1/text-to-speech/", StringComparison.Ordinal):
                var voice = path["/v1/text-to-speech/".Length..];
                if (voice.Length == 0 || voice.Contains('/', StringComparison.Ordinal)) return Wrong($"{request}: no voice");
                if (voice == "nobody") return Says(404, "voice_not_found", "A voice with the voice_id nobody was not found.");
                var most = check.Value("model_id") switch { "eleven_v3" => 5000, "eleven_multilingual_v2" => 10_000, _ => 40_000 };
                check.Text("text", required: true, most: most).Text("model_id", required: true, oneOf: ["eleven_v3", "eleven_multilingual_v2", "eleven_flash_v2_5", "eleven_flash_v2"]).Text("language_code")
                    .Whole("seed", least: 0, most: 4294967295).Object("voice_settings", settings => settings.Number("stability", least: 0, most: 1).Number("similarity_boost", least: 0, most: 1)
                        .Number("style", least: 0, most: 1).Number("speed", least: 0.7, most: 1.2).Flag("use_speaker_boost"));
                break;
            default:
                return Wrong($"{request} is no route");
        }
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        if (check.Value(words)?.Contains("forbidden", StringComparison.Ordinal) == true) return Says(400, "content_against_policy", "This goes against our terms of service.");
        Interlocked.Increment(ref made);
        return VendorSays.Media(await Sound(), "audio/mpeg") with { Headers = new() { ["request-id"] = Guid.NewGuid().ToString("N"), ["character-cost"] = "23" } };
    }

    private static void Plan(BodyCheck plan) => plan.Texts("positive_global_styles", required: true, most: 50).Texts("negative_global_styles", least: 0, most: 50).Items("sections", section => section.Text("section_name", required: true)
        .Texts("positive_local_styles", least: 0, most: 50).Texts("negative_local_styles", least: 0, most: 50).Texts("lines", least: 0, most: 30).Whole("duration_ms", required: true, least: 3000, most: 120_000), required: true, least: 1);

    private static bool Has(VendorRequest request, string name) => request.Json.ValueKind == JsonValueKind.Object && request.Json.TryGetProperty(name, out _);
}
