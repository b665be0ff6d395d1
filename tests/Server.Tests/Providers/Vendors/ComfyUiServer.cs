using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>A ComfyUI behind a proxy that wants a key: uploads, a queue, a history, and files by name. Facts: ComfyUI's server.</summary>
/// <param name="folder">The operator's, with his workflows.</param>
internal sealed class ComfyUiServer(string folder) : VendorServer
{
    private const string Key = "comfy-proxy-key-012345";
    private readonly ConcurrentDictionary<string, Run> runs = new();
    private readonly ConcurrentDictionary<string, byte> inputs = new();

    private sealed record Run(string Id, JsonElement Graph, bool Forbidden)
    {
        public int Looks;

        public bool Over { get; set; }
    }

    public override string Name => "comfyui";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["ApiKey"] = Key };

    public override (string, string)[] Settings => [.. base.Settings, ("Providers:comfyui:Workflows", folder)];

    public override int Jobs => runs.Count;

    public override bool Starts(VendorRequest request) => request is { Method: "POST", Path: "/prompt" };

    public override bool Asks(VendorRequest request) => request is { Method: "GET", Path: "/queue" };

    /// <summary>As a restart does.</summary>
    public void Forget() => runs.Clear();

    protected override VendorSays Refusal(string what) => new(400, new JsonObject { ["error"] = new JsonObject { ["type"] = "invalid_prompt", ["message"] = what, ["details"] = "", ["extra_info"] = new JsonObject() }, ["node_errors"] = new JsonObject() });

    protected override Task<VendorSays> Answer(VendorRequest request) => Task.FromResult(request.Header("Authorization") != $"Bearer {Key}" ? new VendorSays(401, new JsonObject { ["error"] = "Who are you?" })
        : (request.Method, request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("GET", ["queue"]) => Queue(),
            ("GET", ["history", var id]) => VendorSays.Ok(runs.TryGetValue(id, out var run) && run.Over ? new JsonObject { [id] = History(run) } : []),
            ("POST", ["upload", "image"]) => Upload(request),
            ("POST", ["prompt"]) => Prompt(request),
            ("POST", ["queue"]) or ("POST", ["interrupt"]) => new(200),
            _ => Wrong($"{request} is no route"),
        });

    private VendorSays Queue()
    {
        var (running, pending) = (new JsonArray(), new JsonArray());
        foreach (var run in runs.Values.Where(run => !run.Over))
        {
            if (Interlocked.Increment(ref run.Looks) > Looks) run.Over = true;
            else (run.Looks == 1 ? pending : running).Add(new JsonArray(1, run.Id, JsonNode.Parse(run.Graph.GetRawText()), new JsonObject(), new JsonArray("9")));
        }
        return VendorSays.Ok(new JsonObject { ["queue_running"] = running, ["queue_pending"] = pending });
    }

    private static JsonObject History(Run run)
    {
        if (run.Forbidden)
        {
            return new()
            {
                ["outputs"] = new JsonObject(),
                ["status"] = new JsonObject
                {
                    ["status_str"] = "error",
                    ["completed"] = false,
                    ["messages"] = new JsonArray(new JsonArray("execution_start", new JsonObject()), new JsonArray("execution_error", new JsonObject { ["node_id"] = "8", ["exception_message"] = "NSFW content was detected" })),
                },
            };
        }
        var film = run.Graph.EnumerateObject().Any(node => node.Value.GetProperty("class_type").GetString() == "SaveVideo");
        return new()
        {
            ["outputs"] = new JsonObject
            {
                ["8"] = new JsonObject { ["images"] = new JsonArray(new JsonObject { ["filename"] = "preview.png", ["subfolder"] = "", ["type"] = "temp" }) },
                ["9"] = new JsonObject { ["images"] = new JsonArray(new JsonObject { ["filename"] = film ? "out_00001_.mp4" : "out_00001_.png", ["subfolder"] = "made", ["type"] = "output" }), ["animated"] = new JsonArray(film) },
            },
            ["status"] = new JsonObject { ["status_str"] = "success", ["completed"] = true, ["messages"] = new JsonArray() },
        };
    }

    private VendorSays Upload(VendorRequest request)
    {
        if (!request.Parts.TryGetValue("image", out var image) || image.FileName is not { } name || image.Bytes.Length == 0) return Wrong($"{request} has no image");
        var sub = request.Parts.GetValueOrDefault("subfolder")?.Text ?? "";
        if (request.Parts.Keys.Except(["image", "type", "subfolder", "overwrite"]).FirstOrDefault() is { } unknown) return Wrong($"{request}: {unknown} is unknown");
        inputs[sub.Length > 0 ? $"{sub}/{name}" : name] = 0;
        return VendorSays.Ok(new JsonObject { ["name"] = name, ["subfolder"] = sub, ["type"] = "input" });
    }

    private VendorSays Prompt(VendorRequest request)
    {
        var check = new BodyCheck(request.Json);
        check.Text("client_id").Text("prompt_id").Object("prompt", graph =>
        {
            graph.Object("3", node => node.Text("class_type", required: true, oneOf: ["KSampler"]).Object("inputs", to => to.Whole("seed", required: true, least: 0).Whole("steps", required: true, least: 1, most: 100).Number("cfg", required: true), required: true));
            graph.Object("5", node => node.Text("class_type", required: true, oneOf: ["EmptyLatentImage"]).Object("inputs", to => to.Whole("width", required: true, least: 16).Whole("height", required: true, least: 16).Whole("batch_size", required: true, least: 1), required: true));
            graph.Object("6", node => node.Text("class_type", required: true, oneOf: ["CLIPTextEncode"]).Object("inputs", to => to.Text("text", required: true), required: true), required: true);
            graph.Object("7", node => node.Text("class_type", required: true, oneOf: ["CLIPTextEncode"]).Object("inputs", to => to.Text("text"), required: true));
            graph.Object("4", node => node.Text("class_type", required: true, oneOf: ["LoadImage"]).Object("inputs", to => to.Text("image", required: true, oneOf: [.. inputs.Keys]), required: true));
            graph.Object("9", node => node.Text("class_type", required: true, oneOf: ["SaveImage", "SaveVideo"]).Object("inputs", to => to.Text("filename_prefix", required: true), required: true), required: true);
        }, required: true);
        // A text may be empty here.
        if (check.Wrong.Where(what => what != "prompt.7.inputs.text is empty").ToArray() is { Length: > 0 } wrong) return Wrong(string.Join("; ", wrong));
        if (request.Json.GetRawText().Contains("{{", StringComparison.Ordinal)) return Wrong("a placeholder is left");
        var id = check.Value("prompt_id") ?? Guid.NewGuid().ToString();
        if (!runs.TryAdd(id, new(id, request.Json.GetProperty("prompt"), request.Json.GetProperty("prompt").GetProperty("6").GetRawText().Contains("forbidden", StringComparison.Ordinal)))) return Wrong($"{id} was there before");
        return VendorSays.Ok(new JsonObject { ["prompt_id"] = id, ["number"] = runs.Count, ["node_errors"] = new JsonObject() });
    }
}
