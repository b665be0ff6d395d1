using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>fal's queue: endpoints with typed inputs, runs that are asked about below the application, results apart from states. Facts: fal's typed endpoints as of 2026-08-02.</summary>
internal sealed class FalServer : VendorServer
{
    private const string Key = "fal-key-id-0123:fal-key-secret-456789";
    private static readonly string[] Sizes = ["square_hd", "square", "portrait_4_3", "portrait_16_9", "landscape_4_3", "landscape_16_9"];
    private static readonly string[] Ratios = ["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];
    private static readonly string[] Seconds = ["auto", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"];
    private readonly ConcurrentDictionary<string, Run> runs = new();

    private sealed record Run(string Id, string App, string Kind, int Outputs, bool Forbidden)
    {
        public int Looks;

        public bool Over { get; set; }
    }

    public override string Name => "fal";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["ApiKey"] = Key };

    public override int Jobs => runs.Count;

    /// <summary>How long each run's files are to be kept, as its submission says.</summary>
    public ConcurrentQueue<string?> Lifetimes { get; } = new();

    public override bool Starts(VendorRequest request) => request.Method == "POST";

    public override bool Asks(VendorRequest request) => request.Method == "GET" && request.Path.EndsWith("/status", StringComparison.Ordinal);

    public static bool Results(VendorRequest request) => request.Method == "GET" && request.Path.Contains("/requests/", StringComparison.Ordinal) && !request.Path.EndsWith("/status", StringComparison.Ordinal);

    protected override VendorSays Refusal(string what) => Invalid(422, "body", what, "value_error");

    protected override Task<VendorSays> Answer(VendorRequest request) => Task.FromResult(request.Header("Authorization") != $"Key {Key}"
        ? new VendorSays(401, new JsonObject { ["detail"] = "Cannot access application. Authentication is required to access this application." })
        : request.Path == "/v1/models/pricing" ? VendorSays.Ok(new JsonObject { ["prices"] = new JsonArray() })
        : request.Path.Contains("/requests/", StringComparison.Ordinal) ? Known(request)
        : request.Method == "POST" ? Start(request) : Wrong($"{request} is no route"));

    private static VendorSays Invalid(int status, string field, string message, string type) => new(status, new JsonObject
    {
        ["detail"] = new JsonArray(new JsonObject { ["loc"] = new JsonArray("body", field), ["msg"] = message, ["type"] = type }),
    });

    private VendorSays Known(VendorRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var owner, var alias, "requests", var id, .. var rest] || !runs.TryGetValue(id, out var run) || run.App != $"{owner}/{alias}")
            return new(404, new JsonObject { ["detail"] = "Request not found" });
        switch (request.Method, rest)
        {
            case ("GET", ["status"]):
                var looks = Interlocked.Increment(ref run.Looks);
                run.Over = looks > Looks;
                var state = new JsonObject { ["status"] = run.Over ? "COMPLETED" : looks == 1 ? "IN_QUEUE" : "IN_PROGRESS", ["request_id"] = id };
                if (looks == 1) state["queue_position"] = 3;
                return new(run.Over ? 200 : 202, state);
            case ("GET", []):
                return !run.Over ? Wrong($"{request}: the run is not over") : run.Forbidden ? Invalid(422, "prompt", "The content was flagged by a content checker.", "content_policy_violation") : VendorSays.Ok(Result(run));
            case ("PUT", ["cancel"]):
                return new(202, new JsonObject { ["status"] = "CANCELLATION_REQUESTED" });
            default:
                return Wrong($"{request} is no route");
        }
    }

    private JsonObject Result(Run run)
    {
        var files = Enumerable.Range(0, run.Outputs).Select(index => new JsonObject { ["url"] = Link($"{run.Id}-{run.Looks}-{index}.{(run.Kind == "video" ? "mp4" : "png")}"), ["content_type"] = run.Kind == "video" ? "video/mp4" : "image/png" }).ToArray();
        return run.Kind switch
        {
            "video" => new() { ["video"] = files[0], ["seed"] = 4242 },
            "image" => new() { ["image"] = files[0] },
            _ => new() { ["images"] = new JsonArray([.. files]), ["seed"] = 4242, ["has_nsfw_concepts"] = new JsonArray([.. files.Select(_ => (JsonNode)false)]), ["prompt"] = "as given" },
        };
    }

    private VendorSays Start(VendorRequest request)
    {
        var (endpoint, check, kind) = (request.Path.TrimStart('/'), new BodyCheck(request.Json), "video");
        switch (endpoint)
        {
            case "fal-ai/ltx-2.3/text-to-video" or "fal-ai/ltx-2.3/text-to-video/fast":
                Ltx(check, request.Json, endpoint).Text("aspect_ratio", oneOf: ["16:9", "9:16"]);
                break;
            case "fal-ai/ltx-2.3/image-to-video" or "fal-ai/ltx-2.3/image-to-video/fast":
                Ltx(check, request.Json, endpoint).Text("aspect_ratio", oneOf: ["auto", "16:9", "9:16"]).Link("image_url", required: true).Link("end_image_url");
                break;
            case "fal-ai/ltx-2.3/extend-video":
                check.Link("video_url", required: true).Text("prompt").Text("mode", oneOf: ["start", "end"]).Number("duration", least: 2, most: 20).Number("context", least: 1, most: 20);
                break;
            case "fal-ai/wan/v2.7/text-to-video":
                Wan(check).Text("prompt", required: true, most: 5000).Text("aspect_ratio", oneOf: ["16:9", "9:16", "1:1", "4:3", "3:4"]).Whole("duration", least: 2, most: 15).Text("negative_prompt", most: 500);
                break;
            case "fal-ai/wan/v2.7/image-to-video":
                Wan(check).Text("prompt", most: 5000).Link("image_url").Link("end_image_url").Link("video_url").Whole("duration", least: 2, most: 15).Text("negative_prompt", most: 500);
                break;
            case "fal-ai/wan/v2.7/edit-video":
                Wan(check).Text("prompt", required: true).Link("video_url", required: true).Link("reference_image_url").Whole("duration", least: 0, most: 10).Text("audio_setting", oneOf: ["auto", "origin"]);
                break;
            case "fal-ai/wan/v2.2-14b/animate/move":
                check.Link("image_url", required: true).Link("video_url", required: true).Text("resolution", oneOf: ["480p", "580p", "720p"]).Whole("seed").Flag("use_turbo");
                break;
            case "bytedance/seedance-2.0/text-to-video" or "bytedance/seedance-2.0/fast/text-to-video":
                Seedance(check, endpoint);
                break;
            case "bytedance/seedance-2.0/image-to-video" or "bytedance/seedance-2.0/fast/image-to-video":
                Seedance(check, endpoint).Link("image_url", required: true).Link("end_image_url");
                break;
            case "fal-ai/minimax/hailuo-2.3/pro/text-to-video":
                check.Text("prompt", required: true).Flag("prompt_optimizer");
                break;
            case "fal-ai/minimax/hailuo-2.3/pro/image-to-video":
                check.Text("prompt", required: true).Link("image_url", required: true).Flag("prompt_optimizer");
                break;
            case "fal-ai/bytedance/omnihuman/v1.5":
                check.Link("image_url", required: true).Link("audio_url", required: true).Link("mask_url").Text("prompt").Text("resolution", oneOf: ["720p", "1080p"]).Flag("turbo_mode");
                break;
            case "fal-ai/bytedance/dreamactor/v2":
                check.Link("image_url", required: true).Link("video_url", required: true).Flag("trim_first_second");
                break;
            case "fal-ai/live-portrait":
                check.Link("image_url", required: true).Link("video_url", required: true);
                break;
            case "fal-ai/pixverse/v5.5/effects":
                check.Link("image_url", required: true).Text("effect", required: true, oneOf: ["Muscle Surge", "Liquid Metal", "Earth Zoom", "3D Figurine Factor"]).Text("duration", oneOf: ["5", "8", "10"])
                    .Text("negative_prompt").Text("resolution", oneOf: ["360p", "540p", "720p", "1080p"]);
                break;
            case "fal-ai/pixverse/v6/extend":
                check.Link("video_url", required: true).Text("prompt", required: true).Text("negative_prompt").Whole("duration", least: 1, most: 15).Text("resolution", oneOf: ["360p", "540p", "720p", "1080p"])
                    .Text("style", oneOf: ["anime", "3d_animation", "clay", "comic", "cyberpunk"]).Whole("seed");
                break;
            case "fal-ai/sync-lipsync/v3":
                check.Link("video_url", required: true).Link("audio_url", required: true).Text("sync_mode", oneOf: ["cut_off", "loop", "bounce", "silence", "remap"]);
                break;
            case "fal-ai/mmaudio-v2":
                check.Link("video_url", required: true).Text("prompt", required: true).Text("negative_prompt").Number("duration", least: 1, most: 30).Whole("num_steps", least: 4, most: 50).Whole("seed");
                break;
            case "fal-ai/topaz/upscale/video":
                check.Link("video_url", required: true).Number("upscale_factor", least: 1, most: 4).Text("model", oneOf: ["Proteus", "Artemis HQ", "Gaia HQ", "Nyx", "Starlight HQ"]).Number("target_fps");
                break;
            case "fal-ai/seedvr/upscale/video":
                check.Link("video_url", required: true).Text("target_resolution", oneOf: ["720p", "1080p", "1440p", "2160p"]).Text("upscale_mode", oneOf: ["target", "factor"]).Number("upscale_factor").Whole("seed");
                break;
            case "fal-ai/clarity-upscaler":
                kind = "image";
                check.Link("image_url", required: true).Text("prompt").Text("negative_prompt").Number("upscale_factor", least: 1, most: 4).Number("creativity", least: 0, most: 1).Whole("seed");
                break;
            case "fal-ai/esrgan":
                kind = "image";
                check.Link("image_url", required: true).Number("scale", least: 1, most: 8).Flag("face");
                break;
            case "fal-ai/qwen-image":
                kind = "images";
                Still(check).Text("negative_prompt").Text("image_size", oneOf: Sizes).Whole("num_images", least: 1, most: 4).Whole("seed");
                break;
            case "fal-ai/z-image/turbo":
                kind = "images";
                Still(check).Text("image_size", oneOf: Sizes).Whole("num_images", least: 1, most: 4).Whole("seed");
                break;
            case "fal-ai/recraft/v4.1/text-to-image":
                kind = "images";
                Still(check).Text("image_size", oneOf: Sizes);
                break;
            case "fal-ai/ideogram/v3":
                kind = "images";
                Still(check).Text("negative_prompt").Text("image_size", oneOf: Sizes).Whole("num_images", least: 1, most: 4).Whole("seed").Text("rendering_speed", oneOf: ["TURBO", "BALANCED", "QUALITY"]);
                break;
            case "bytedance/seedream/v5/pro/text-to-image":
                kind = "images";
                Still(check).Text("image_size", oneOf: [.. Sizes, "auto_1K", "auto_2K"]).Whole("num_images", least: 1, most: 4);
                break;
            default:
                return Wrong($"{request} is no route");
        }
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        if (request.Query.Keys.FirstOrDefault(name => name != "fal_webhook") is { } unknown) return Wrong($"{request}: {unknown} is unknown");
        var outputs = request.Json.TryGetProperty("num_images", out var n) ? n.GetInt32() : 1;
        var run = new Run(Guid.NewGuid().ToString(), string.Join('/', endpoint.Split('/').Take(2)), kind, outputs, check.Value("prompt")?.Contains("forbidden", StringComparison.Ordinal) == true);
        runs[run.Id] = run;
        Lifetimes.Enqueue(request.Header("X-Fal-Object-Lifecycle-Preference"));
        var address = $"{Address}/{run.App}/requests/{run.Id}";
        return VendorSays.Ok(new JsonObject
        {
            ["status"] = "IN_QUEUE",
            ["request_id"] = run.Id,
            ["response_url"] = address,
            ["status_url"] = $"{address}/status",
            ["cancel_url"] = $"{address}/cancel",
            ["queue_position"] = 3,
        });
    }

    private static BodyCheck Still(BodyCheck check) => check.Text("prompt", required: true);

    private static BodyCheck Ltx(BodyCheck check, JsonElement body, string endpoint)
    {
        var fast = endpoint.EndsWith("/fast", StringComparison.Ordinal);
        // Whole even numbers; the longer ones only at 25 frames and 1080p.
        var longest = fast && !body.TryGetProperty("fps", out _) && (!body.TryGetProperty("resolution", out var resolution) || resolution.GetString() == "1080p") ? 20 : 10;
        return check.Text("prompt", required: true).Whole("duration", least: 6, most: longest).Text("resolution", oneOf: ["1080p", "1440p", "2160p"]).Whole("fps", least: 24, most: 50).Flag("generate_audio");
    }

    private static BodyCheck Wan(BodyCheck check) => check.Text("resolution", oneOf: ["720p", "1080p"]).Whole("seed", least: 0, most: 2147483647);

    private static BodyCheck Seedance(BodyCheck check, string endpoint) => check.Text("prompt", required: true).Text("aspect_ratio", oneOf: Ratios).Text("duration", oneOf: Seconds)
        .Text("resolution", oneOf: endpoint.Contains("/fast/", StringComparison.Ordinal) ? ["480p", "720p"] : ["480p", "720p", "1080p", "4k"]).Flag("generate_audio");
}
