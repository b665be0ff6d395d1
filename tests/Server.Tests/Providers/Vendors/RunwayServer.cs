using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>Runway's interface. Facts: its OpenAPI of August 2026.</summary>
internal sealed class RunwayServer : VendorServer
{
    private const string Key = "key_runway-0123456789abcdef", Version = "2024-11-06";
    private static readonly string[] Videos = ["1280:720", "720:1280", "1104:832", "832:1104", "960:960", "1584:672"];
    private static readonly string[] Stills =
    [
        "1024:1024", "1080:1080", "1168:880", "1360:768", "1440:1080", "1080:1440", "1808:768", "1920:1080", "1080:1920", "2112:912", "1280:720", "720:1280", "720:720", "960:720", "720:960", "1680:720",
    ];

    private readonly ConcurrentDictionary<string, Task> tasks = new();

    private sealed record Task(string Id, string Kind, bool Refused)
    {
        public int Looks;

        public volatile bool Cancelled;
    }

    public override string Name => "runway";

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string> { ["ApiKey"] = Key };

    public override int Jobs => tasks.Count;

    /// <summary>What a task that failed says; a refused prompt's unless told otherwise.</summary>
    public string FailureCode { get; set; } = "SAFETY.INPUT.TEXT";

    public override bool Starts(VendorRequest request) => request.Method == "POST";

    public override bool Asks(VendorRequest request) => request.Method == "GET" && request.Path.StartsWith("/v1/tasks/", StringComparison.Ordinal);

    protected override VendorSays Refusal(string what) => new(400, new JsonObject
    {
        ["error"] = "Validation of body failed",
        ["issues"] = new JsonArray(new JsonObject { ["code"] = "custom", ["message"] = what, ["path"] = new JsonArray() }),
        ["docUrl"] = "https://docs.dev.runwayml.com/api",
    });

    protected override Task<VendorSays> Answer(VendorRequest request) => System.Threading.Tasks.Task.FromResult(Says(request));

    private VendorSays Says(VendorRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {Key}") return new(401, new JsonObject { ["error"] = "You did not provide an API key" });
        if (request.Header("X-Runway-Version") != Version) return Wrong($"{request}: X-Runway-Version is {request.Header("X-Runway-Version") ?? "missing"}");
        if (request is { Method: "GET", Path: "/v1/organization" }) return VendorSays.Ok(new JsonObject { ["creditBalance"] = 1000, ["tier"] = new JsonObject(), ["usage"] = new JsonObject() });
        if (request.Path.StartsWith("/v1/tasks/", StringComparison.Ordinal)) return Look(request);
        return request.Method == "POST" ? Start(request) : Wrong($"{request} is no route");
    }

    private VendorSays Look(VendorRequest request)
    {
        if (!tasks.TryGetValue(request.Path["/v1/tasks/".Length..], out var task)) return new(404, new JsonObject { ["error"] = "Task not found" });
        if (request.Method == "DELETE")
        {
            task.Cancelled = true;
            return new(204);
        }
        var looks = Interlocked.Increment(ref task.Looks);
        var state = new JsonObject { ["id"] = task.Id, ["createdAt"] = "2026-08-01T10:00:00Z" };
        state["status"] = task.Cancelled ? "CANCELLED" : looks > Looks ? task.Refused ? "FAILED" : "SUCCEEDED" : looks == 1 ? "THROTTLED" : "RUNNING";
        switch (state["status"]!.GetValue<string>())
        {
            case "RUNNING":
                state["progress"] = 0.5;
                break;
            case "FAILED":
                state["failure"] = "The prompt could not be used.";
                state["failureCode"] = FailureCode;
                break;
            case "SUCCEEDED":
                state["output"] = new JsonArray(Link($"{task.Id}-{looks}.{task.Kind}"));
                state["cost"] = new JsonObject { ["credits"] = 25 };
                break;
        }
        return VendorSays.Ok(state);
    }

    private VendorSays Start(VendorRequest request)
    {
        var check = new BodyCheck(request.Json);
        var kind = "mp4";
        switch (request.Path)
        {
            case "/v1/text_to_video":
                check.Text("model", required: true, oneOf: ["gen4.5"]).Text("promptText", required: true, most: 1000).Text("ratio", required: true, oneOf: ["1280:720", "720:1280"]).Whole("duration", required: true, least: 2, most: 10);
                Seed(check);
                break;
            case "/v1/image_to_video":
                check.Text("model", required: true, oneOf: ["gen4.5", "gen4_turbo"]).Text("promptText", required: check.Value("model") == "gen4.5", most: 1000).Text("ratio", required: true, oneOf: Videos);
                Uri(Seed(check).Whole("duration", required: true, least: 2, most: 10), "promptImage");
                break;
            case "/v1/video_to_video":
                Uri(Seed(check).Text("model", required: true, oneOf: ["aleph2"]).Text("promptText", most: 1000).Text("targetAspectRatio", oneOf: ["16:9", "4:3", "3:2", "1:1", "2:3", "3:4", "9:16", "21:9"]), "videoUri")
                    .Items("keyframes", frame => Uri(frame.Number("seconds", least: 0).Number("at", least: 0, most: 1), "uri"));
                break;
            case "/v1/character_performance":
                Seed(check).Text("model", required: true, oneOf: ["act_two"]).Text("ratio", oneOf: Videos).Flag("bodyControl").Whole("expressionIntensity", least: 1, most: 5)
                    .Object("character", media => Uri(media.Text("type", required: true, oneOf: ["image", "video"]), "uri"), required: true)
                    .Object("reference", media => Uri(media.Text("type", required: true, oneOf: ["video"]), "uri"), required: true);
                break;
            case "/v1/text_to_image":
                kind = "png";
                Seed(check).Text("model", required: true, oneOf: ["gen4_image", "gen4_image_turbo"]).Text("promptText", required: true, most: 1000).Text("ratio", required: true, oneOf: Stills)
                    .Items("referenceImages", image => Uri(image.Text("tag", most: 16), "uri"), required: check.Value("model") == "gen4_image_turbo", least: 1);
                break;
            case "/v1/image_upscale":
                kind = "png";
                Uri(check, "imageUri").Text("model", required: true, oneOf: ["magnific_precision_upscaler_v2"]).Text("flavor", oneOf: ["sublime", "photo", "photo_denoiser"]).Whole("sharpen", least: 0, most: 100)
                    .Whole("smartGrain", least: 0, most: 100).Whole("ultraDetail", least: 0, most: 100).Whole("scaleFactor", least: 2, most: 16);
                break;
            case "/v1/video_upscale":
                Uri(check, "videoUri").Text("model", required: true, oneOf: ["magnific_video_upscaler_creative"]).Text("resolution", oneOf: ["720p", "1k", "2k", "4k"]).Text("flavor", oneOf: ["vivid", "natural"])
                    .Whole("creativity", least: 0, most: 100).Whole("sharpen", least: 0, most: 100).Whole("smartGrain", least: 0, most: 100).Flag("fpsBoost");
                break;
            default:
                return Wrong($"{request} is no route");
        }
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        var task = new Task(Guid.NewGuid().ToString(), kind, check.Value("promptText")?.Contains("forbidden", StringComparison.Ordinal) == true);
        tasks[task.Id] = task;
        return VendorSays.Ok(new JsonObject { ["id"] = task.Id, ["estimatedCost"] = new JsonObject { ["credits"] = 25 } });
    }

    private static BodyCheck Seed(BodyCheck check) => check.Whole("seed", least: 0, most: 4_294_967_295);

    /// <summary>A web address, or the file itself with its kind before it.</summary>
    private static BodyCheck Uri(BodyCheck check, string name) => check.Value(name)?.StartsWith("data:", StringComparison.Ordinal) == true ? check.Text(name, required: true) : check.Link(name, required: true);
}
