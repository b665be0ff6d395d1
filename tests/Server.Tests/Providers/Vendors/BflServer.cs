using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>Black Forest Labs' interface. Facts: its OpenAPI of 2026.</summary>
internal sealed class BflServer : VendorServer
{
    private const string Key = "bfl-0123456789-abcdef";
    private static readonly string[] Ratios = ["21:9", "16:9", "4:3", "3:2", "1:1", "2:3", "3:4", "9:16", "9:21"];
    private readonly ConcurrentDictionary<string, Task> tasks = new();
    private readonly string? secret;

    private sealed record Task(string Id, string Kind, bool Refused, string? Webhook)
    {
        public int Looks;
    }

    /// <param name="secret">The operator's, with which calls are to be signed.</param>
    public BflServer(string? secret = null)
    {
        this.secret = secret;
        Credentials = secret is null ? new Dictionary<string, string> { ["ApiKey"] = Key } : new Dictionary<string, string> { ["ApiKey"] = Key, ["WebhookSecret"] = secret };
    }

    public override string Name => "bfl";

    public override IReadOnlyDictionary<string, string> Credentials { get; }

    public override int Jobs => tasks.Count;

    /// <summary>Where it would call when the latest job is done.</summary>
    public string? Webhook => tasks.Values.LastOrDefault()?.Webhook;

    public override bool Starts(VendorRequest request) => request.Method == "POST";

    public override bool Asks(VendorRequest request) => request.Path == "/v1/get_result";

    protected override VendorSays Refusal(string what) => new(422, new JsonObject
    {
        ["detail"] = new JsonArray(new JsonObject { ["loc"] = new JsonArray("body", "prompt"), ["msg"] = what, ["type"] = "value_error" }),
    });

    protected override Task<VendorSays> Answer(VendorRequest request) => System.Threading.Tasks.Task.FromResult(Says(request));

    private VendorSays Says(VendorRequest request)
    {
        if (request.Header("x-key") != Key) return new(403, new JsonObject { ["detail"] = "Not authenticated - Invalid Authentication" });
        if (request is { Method: "GET", Path: "/v1/credits" }) return VendorSays.Ok(new JsonObject { ["credits"] = 1000 });
        if (request is { Method: "GET", Path: "/v1/get_result" }) return Look(request);
        return request.Method == "POST" ? Start(request) : Wrong($"{request} is no route");
    }

    private VendorSays Look(VendorRequest request)
    {
        var id = request.Query["id"].ToString();
        if (!tasks.TryGetValue(id, out var task)) return VendorSays.Ok(new JsonObject { ["id"] = id, ["status"] = "Task not found" });
        // A job lives where its address says; only who is called was given none.
        if (task.Webhook is null && request.Query["region"] != "eu1") return Wrong($"{request} was not asked at the polling_url");
        var looks = Interlocked.Increment(ref task.Looks);
        var state = new JsonObject { ["id"] = task.Id, ["status"] = "Pending", ["result"] = null, ["progress"] = looks > 1 ? 0.5 : null, ["details"] = null };
        if (looks <= Looks) return VendorSays.Ok(state);
        state["status"] = task.Refused ? "Content Moderated" : "Ready";
        if (task.Refused) state["details"] = new JsonObject { ["Moderation Reasons"] = new JsonArray("Violence") };
        else state["result"] = new JsonObject { ["sample"] = Link($"{task.Id}-{looks}.{task.Kind}"), ["seed"] = 42, ["prompt"] = "A lighthouse", ["start_time"] = 1.5, ["end_time"] = 2.5 };
        return VendorSays.Ok(state);
    }

    private VendorSays Start(VendorRequest request)
    {
        var model = request.Path.StartsWith("/v1/", StringComparison.Ordinal) ? request.Path[4..] : "";
        var check = new BodyCheck(request.Json);
        check.Link("webhook_url", required: secret is not null).Text("webhook_secret", oneOf: [secret ?? "none"]);
        switch (model)
        {
            case "flux-2-pro" or "flux-2-max" or "flux-2-flex" or "flux-2-klein-9b" or "flux-2-klein-4b":
                Usual(check, tolerance: 5, "jpeg", "png", "webp").Text("prompt", required: true).Whole("width", least: 64, most: 2048).Whole("height", least: 64, most: 2048);
                for (var picture = 1; picture <= (model.Contains("klein", StringComparison.Ordinal) ? 4 : 8); picture++) check.Media(picture == 1 ? "input_image" : $"input_image_{picture}");
                if (model == "flux-2-flex") check.Whole("steps", least: 1, most: 50).Number("guidance", least: 1.5, most: 10);
                break;
            case "flux-kontext-pro" or "flux-kontext-max":
                Usual(check, tolerance: 6, "jpeg", "png").Text("prompt", required: true).Text("aspect_ratio", oneOf: Ratios).Media("input_image");
                break;
            case "flux-pro-1.1":
                Usual(check, tolerance: 6, "jpeg", "png").Text("prompt").Whole("width", least: 256, most: 1440).Whole("height", least: 256, most: 1440);
                break;
            case "flux-pro-1.1-ultra":
                Usual(check, tolerance: 6, "jpeg", "png").Text("prompt").Text("aspect_ratio", oneOf: Ratios).Flag("raw").Media("image_prompt").Number("image_prompt_strength", least: 0, most: 1);
                break;
            case "flux-pro-1.0-fill":
                Usual(check, tolerance: 6, "jpeg", "png").Text("prompt").Media("image", required: true).Media("mask").Whole("steps", least: 15, most: 50).Number("guidance", least: 1.5, most: 100);
                break;
            case "flux-pro-1.0-expand":
                Usual(check, tolerance: 6, "jpeg", "png").Text("prompt").Media("image", required: true).Whole("top", least: 0, most: 2048).Whole("bottom", least: 0, most: 2048).Whole("left", least: 0, most: 2048).Whole("right", least: 0, most: 2048);
                break;
            case "flux-3-video":
                check.Text("mode", required: true, oneOf: ["t2v", "i2v"]).Text("prompt", required: true).Whole("duration", least: 5, most: 20).Text("resolution", oneOf: ["hd", "fhd"]).Flag("generate_audio")
                    .Text("aspect_ratio", oneOf: ["auto", "21:9", "2:1", "16:9", "4:3", "1:1", "3:4", "9:16"]);
                check.Texts("keyframes", required: check.Value("mode") == "i2v", most: check.Value("mode") == "i2v" ? 10 : 0);
                break;
            default:
                return Wrong($"{request} is no route");
        }
        var multiple = model == "flux-pro-1.1" ? 32 : 16;
        var wrong = check.Wrong.Concat(new[] { "width", "height" }.Where(side => request.Json.TryGetProperty(side, out var size) && size.GetInt32() % multiple != 0).Select(side => $"{side} is no multiple of {multiple}")).ToArray();
        if (wrong.Length > 0) return Wrong($"{request}: {string.Join("; ", wrong)}");
        var task = new Task(Guid.NewGuid().ToString(), model == "flux-3-video" ? "mp4" : "png", check.Value("prompt")?.Contains("forbidden", StringComparison.Ordinal) == true, check.Value("webhook_url"));
        tasks[task.Id] = task;
        var taken = new JsonObject { ["id"] = task.Id, ["cost"] = 3, ["input_mp"] = 0, ["output_mp"] = 1.05 };
        if (task.Webhook is null) taken["polling_url"] = $"{Address}/v1/get_result?id={task.Id}&region=eu1";
        else (taken["status"], taken["webhook_url"]) = ("Pending", task.Webhook);
        return VendorSays.Ok(taken);
    }

    private static BodyCheck Usual(BodyCheck check, int tolerance, params string[] formats) => check.Whole("seed", least: 0).Whole("safety_tolerance", least: 0, most: tolerance).Text("output_format", oneOf: formats);
}
