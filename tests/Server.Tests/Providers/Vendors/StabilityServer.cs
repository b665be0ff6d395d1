using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>Stability's interface, v2beta: forms in, bytes or an id out. Facts: its OpenAPI document, and notes of autumn 2026 for Stable Audio 3.</summary>
internal sealed class StabilityServer : VendorServer
{
    public const string Key = "sk-stability-0123456789";
    private const string Stills = "/v2beta/stable-image/", OldSound = "/v2beta/audio/stable-audio-2/", Sound3 = "/v2beta/audio/stable-audio/";
    private const long SeedMax = 4294967294;
    private static readonly string[] Formats = ["png", "jpeg", "webp"], Ratios = ["21:9", "16:9", "3:2", "5:4", "1:1", "4:5", "2:3", "9:16", "9:21"],
        Styles =
        [
            "enhance", "anime", "photographic", "digital-art", "comic-book", "fantasy-art", "line-art", "analog-film", "neon-punk", "isometric", "low-poly", "origami", "modeling-compound", "cinematic",
            "3d-model", "pixel-art", "tile-texture",
        ];


    private readonly ConcurrentDictionary<string, Work> works = new();
    private int made;

    private sealed record Work(bool Sound, bool Filtered)
    {
        public int Looks;
    }

    public override string Name => "stability";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["ApiKey"] = Key };

    public override int Jobs => made;

    public override bool Starts(VendorRequest request) => request.Method == "POST";

    public override bool Asks(VendorRequest request) => request.Method == "GET";

    protected override VendorSays Refusal(string what) => Says(400, "bad_request", what);

    public static VendorSays Says(int status, string name, string error) =>
        new(status, new JsonObject { ["id"] = Guid.NewGuid().ToString("N"), ["name"] = name, ["errors"] = new JsonArray(error) });

    protected override async Task<VendorSays> Answer(VendorRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {Key}") return Says(401, "unauthorized", "authorization: invalid or missing header value");
        if (request is { Method: "GET", Path: "/v1/user/balance" }) return VendorSays.Ok(new JsonObject { ["credits"] = 1000 });
        return request.Method == "GET" ? await Result(request) : await Post(request);
    }

    private async Task<VendorSays> Result(VendorRequest request)
    {
        var id = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        if (!works.TryGetValue(id, out var work) || request.Path != (work.Sound ? "/v2beta/audio/results/" : "/v2beta/results/") + id) return Says(404, "not_found", "There is no such result");
        var wanted = work.Sound ? "audio/mpeg" : "image/*";
        if (request.Header("Accept") != wanted) return Wrong($"{request}: Accept is {request.Header("Accept")}");
        if (Interlocked.Increment(ref work.Looks) <= Looks) return new(202, new JsonObject { ["id"] = id, ["status"] = "in-progress" });
        return await Bytes(work.Sound, work.Filtered);
    }

    private async Task<VendorSays> Post(VendorRequest request)
    {
        if (request.Parts.Count == 0 || !(request.Header("Content-Type") ?? "").StartsWith("multipart/form-data", StringComparison.Ordinal)) return Wrong($"{request}: a form is wanted");
        var check = new FormCheck(request.Parts);
        var sound = request.Path.StartsWith("/v2beta/audio/", StringComparison.Ordinal);
        if (request.Header("Accept") is not { } accept || !(accept == (sound ? "audio/*" : "image/*") || accept == "application/json")) return Wrong($"{request}: Accept is {request.Header("Accept")}");
        if (!(sound ? Sound(request, check) : Still(request, check))) return Wrong($"{request} is no route");
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        var words = (check.Value("prompt") ?? "") + check.Value("background_prompt");
        if (words.Contains("forbidden", StringComparison.Ordinal)) return Says(403, "content_moderation", "Your request was flagged by our content moderation system");
        Interlocked.Increment(ref made);
        var filtered = words.Contains("filtered", StringComparison.Ordinal);
        var (later, status) = request.Path switch
        {
            Stills + "upscale/creative" or Stills + "edit/replace-background-and-relight" => (true, 200),
            _ when request.Path.StartsWith(Sound3, StringComparison.Ordinal) => (true, 202),
            _ => (false, 200),
        };
        if (!later) return await Bytes(sound, filtered);
        var id = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
        works[id] = new(sound, filtered);
        return new(status, new JsonObject { ["id"] = id });
    }

    private async Task<VendorSays> Bytes(bool sound, bool filtered)
    {
        var says = sound ? VendorSays.Media(await Sound(), "audio/mpeg") : VendorSays.Media(await Picture(), "image/png");
        return says with { Headers = new() { ["finish-reason"] = filtered ? "CONTENT_FILTERED" : "SUCCESS", ["seed"] = "343940597", ["x-request-id"] = Guid.NewGuid().ToString("N") } };
    }

    private static bool Still(VendorRequest request, FormCheck check)
    {
        if (!request.Path.StartsWith(Stills, StringComparison.Ordinal)) return false;
        switch (request.Path[Stills.Length..])
        {
            case "generate/ultra":
                Common(Prompted(check), style: true).Text("aspect_ratio", oneOf: Ratios).Picture("image").Number("strength", 0, 1, required: check.Has("image"));
                return true;
            case "generate/core":
                Common(Prompted(check), style: true).Text("aspect_ratio", oneOf: Ratios);
                return true;
            case "generate/sd3":
                var from = check.Value("mode") == "image-to-image";
                Common(Prompted(check), style: true).Text("model", oneOf: ["sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium", "sd3.5-flash"]).Text("mode", oneOf: ["text-to-image", "image-to-image"]).Number("cfg_scale", 1, 10);
                if (from) check.Picture("image", required: true).Number("strength", 0, 1, required: true);
                else check.Text("aspect_ratio", oneOf: Ratios);
                return true;
            case "edit/erase":
                Common(check).Picture("image", required: true).Picture("mask").Whole("grow_mask", 0, 20);
                return true;
            case "edit/inpaint":
                Common(Prompted(check), style: true).Picture("image", required: true).Picture("mask").Whole("grow_mask", 0, 100);
                return true;
            case "edit/outpaint":
                Common(check, style: true).Text("prompt", most: 10_000).Picture("image", required: true).Number("creativity", 0, 1);
                foreach (var side in new[] { "left", "right", "up", "down" }) check.Whole(side, 0, 2000);
                // At least one side must grow.
                if (new[] { "left", "right", "up", "down" }.All(side => check.Value(side) is null or "0")) check.Text("left", required: true, oneOf: ["more than 0"]);
                return true;
            case "edit/search-and-replace":
                Common(Prompted(check), style: true).Picture("image", required: true).Text("search_prompt", required: true);
                return true;
            case "edit/search-and-recolor":
                Common(Prompted(check), style: true).Picture("image", required: true).Text("select_prompt", required: true);
                return true;
            case "edit/remove-background":
                check.Picture("image", required: true).Text("output_format", oneOf: ["png", "webp"]);
                return true;
            case "edit/replace-background-and-relight":
                Common(check).Picture("subject_image", required: true).Text("background_prompt", required: !check.Has("background_reference")).Picture("background_reference").Text("negative_prompt")
                    .Text("light_source_direction", oneOf: ["above", "below", "left", "right"]).Number("light_source_strength", 0, 1).Number("preserve_original_subject", 0, 1);
                return true;
            case "control/sketch" or "control/structure":
                Common(Prompted(check), style: true).Picture("image", required: true).Number("control_strength", 0, 1);
                return true;
            case "control/style":
                Common(Prompted(check), style: true).Picture("image", required: true).Number("fidelity", 0, 1);
                return true;
            case "control/style-transfer":
                Common(check).Text("prompt").Text("negative_prompt").Picture("init_image", required: true).Picture("style_image", required: true).Number("style_strength", 0, 1).Number("composition_fidelity", 0, 1);
                return true;
            case "upscale/fast":
                check.Picture("image", required: true).Text("output_format", oneOf: Formats);
                return true;
            case "upscale/conservative":
                Common(Prompted(check)).Picture("image", required: true).Number("creativity", 0.2, 0.5);
                return true;
            case "upscale/creative":
                Common(Prompted(check), style: true).Picture("image", required: true).Number("creativity", 0.1, 0.5);
                return true;
            default:
                return false;
        }
    }

    private static bool Sound(VendorRequest request, FormCheck check)
    {
        var third = request.Path.StartsWith(Sound3, StringComparison.Ordinal);
        if (!third && !request.Path.StartsWith(OldSound, StringComparison.Ordinal)) return false;
        var variant = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        if (variant is not ("text-to-audio" or "audio-to-audio" or "inpaint")) return false;
        var (seconds, steps) = (third ? 380 : 190, check.Value("model") == "stable-audio-2" ? (30, 100) : (4, 8));
        check.Text("prompt", required: true, most: 10_000).Text("model", oneOf: third ? ["stable-audio-3"] : ["stable-audio-2", "stable-audio-2.5"]).Number("duration", 1, seconds).Whole("seed", 0, SeedMax)
            .Whole("steps", steps.Item1, steps.Item2).Number("cfg_scale", 1, 25).Text("output_format", oneOf: ["mp3", "wav"]);
        if (variant != "text-to-audio") check.File("audio", required: true, "audio/mpeg", "audio/wav");
        if (variant == "audio-to-audio") check.Number("strength", 0, 1);
        if (variant == "inpaint") check.Number("mask_start", 0, seconds).Number("mask_end", 0, seconds);
        return true;
    }

    private static FormCheck Prompted(FormCheck check) => check.Text("prompt", required: true, most: 10_000).Text("negative_prompt", most: 10_000);

    private static FormCheck Common(FormCheck check, bool style = false)
    {
        if (style) check.Text("style_preset", oneOf: Styles);
        return check.Whole("seed", 0, SeedMax).Text("output_format", oneOf: Formats);
    }
}
