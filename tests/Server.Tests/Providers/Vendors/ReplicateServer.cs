using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>Replicate's predictions: official models by name, others by version. Facts: its OpenAPI.</summary>
internal sealed class ReplicateServer : VendorServer
{
    private const string Key = "r8_0123456789abcdef", Esrgan = "42fed1c4974146d4d4414e2be2c5277c7fcf05fde3b22e94cee859b8a4a39d44", Clarity = "dfad41707589d68ecdccd1dfa600d55a208f9310748e44bfe35b4a6291453d5e";
    private readonly ConcurrentDictionary<string, Prediction> predictions = new();

    private sealed record Prediction(string Id, string Form, int Outputs, bool Forbidden)
    {
        public int Looks;
    }

    public override string Name => "replicate";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["ApiKey"] = Key };

    public override int Jobs => predictions.Count;

    public override bool Starts(VendorRequest request) => request.Method == "POST" && !request.Path.EndsWith("/cancel", StringComparison.Ordinal);

    public override bool Asks(VendorRequest request) => request.Method == "GET" && request.Path.StartsWith("/predictions/", StringComparison.Ordinal);

    protected override VendorSays Refusal(string what) => Says(422, "Input validation failed", what);

    protected override Task<VendorSays> Answer(VendorRequest request) => Task.FromResult(request.Header("Authorization") != $"Bearer {Key}" ? Says(401, "Unauthenticated", "You did not pass a valid authentication token")
        : (request.Method, request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("GET", ["account"]) => VendorSays.Ok(new JsonObject { ["type"] = "user", ["username"] = "tester" }),
            ("GET", ["models", "philz1337x", "clarity-upscaler"]) => VendorSays.Ok(new JsonObject { ["owner"] = "philz1337x", ["name"] = "clarity-upscaler", ["latest_version"] = new JsonObject { ["id"] = Clarity } }),
            ("GET", ["predictions", var id]) => predictions.TryGetValue(id, out var one) ? VendorSays.Ok(State(one)) : Says(404, "Not found", "No such prediction"),
            ("POST", ["predictions", var id, "cancel"]) => predictions.ContainsKey(id) ? VendorSays.Ok(new JsonObject { ["id"] = id, ["status"] = "canceled" }) : Says(404, "Not found", "No such prediction"),
            ("POST", ["models", var owner, var name, "predictions"]) => Start(request, $"{owner}/{name}"),
            ("POST", ["predictions"]) => Start(request, null),
            _ => Wrong($"{request} is no route"),
        });

    private static VendorSays Says(int status, string title, string detail) => new(status, new JsonObject { ["title"] = title, ["detail"] = detail, ["status"] = status });

    private VendorSays Start(VendorRequest request, string? model)
    {
        var (check, form, outputs) = (new BodyCheck(request.Json), "", 1);
        if (model is null) check.Text("version", required: true, oneOf: [Esrgan, Clarity]);
        check.Link("webhook");
        var events = request.Json.TryGetProperty("webhook_events_filter", out var filter) ? filter.EnumerateArray().Select(one => one.GetString()).ToArray() : [];
        if (events.Except(["start", "output", "logs", "completed"]).Any()) return Wrong($"{request}: webhook_events_filter");
        check.Object("input", input =>
        {
            switch (model ?? check.Value("version"))
            {
                case "black-forest-labs/flux-schnell":
                    form = "list";
                    input.Text("prompt", required: true).Text("aspect_ratio", oneOf: ["1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"]).Whole("num_outputs", least: 1, most: 4)
                        .Text("output_format", oneOf: ["webp", "jpg", "png"]).Whole("seed");
                    break;
                case "recraft-ai/recraft-v3":
                    form = "address";
                    input.Text("prompt", required: true).Text("size", oneOf: ["1024x1024", "1365x1024", "1024x1365", "1536x1024", "1024x1536", "1820x1024", "1024x1820"]);
                    break;
                case Esrgan:
                    form = "address";
                    input.Link("image", required: true).Number("scale", least: 0, most: 10).Flag("face_enhance");
                    break;
                case Clarity:
                    form = "object";
                    input.Link("image", required: true).Text("prompt").Text("negative_prompt").Number("scale_factor", least: 1, most: 4).Number("creativity", least: 0, most: 1).Whole("seed");
                    break;
                default:
                    form = "";
                    break;
            }
        }, required: true);
        if (form.Length == 0) return Wrong($"{request} is no model");
        if (check.Wrong.Where(what => !what.StartsWith("webhook_events_filter ", StringComparison.Ordinal)).ToArray() is { Length: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        if (request.Json.GetProperty("input").TryGetProperty("num_outputs", out var n)) outputs = n.GetInt32();
        var prediction = new Prediction(Guid.NewGuid().ToString("N"), form, outputs, request.Json.GetProperty("input").TryGetProperty("prompt", out var prompt) && prompt.GetString()!.Contains("forbidden", StringComparison.Ordinal));
        predictions[prediction.Id] = prediction;
        return new(201, Shape(prediction, "starting"));
    }

    private JsonObject State(Prediction prediction)
    {
        var looks = Interlocked.Increment(ref prediction.Looks);
        var state = Shape(prediction, looks <= Looks ? looks == 1 ? "starting" : "processing" : prediction.Forbidden ? "failed" : "succeeded");
        if (looks <= Looks) return state;
        if (prediction.Forbidden)
        {
            state["error"] = "The input or output was flagged as sensitive. Please try again with different inputs. (E005)";
            return state;
        }
        var links = Enumerable.Range(0, prediction.Outputs).Select(index => (JsonNode)Link($"{prediction.Id}-{looks}-{index}.png")).ToArray();
        state["output"] = prediction.Form switch { "list" => new JsonArray(links), "address" => links[0], _ => new JsonObject { ["image"] = links[0], ["note"] = "sharp" } };
        return state;
    }

    private JsonObject Shape(Prediction prediction, string status) => new()
    {
        ["id"] = prediction.Id,
        ["status"] = status,
        ["output"] = null,
        ["error"] = null,
        ["logs"] = "",
        ["metrics"] = new JsonObject(),
        ["urls"] = new JsonObject { ["get"] = $"{Address}/predictions/{prediction.Id}", ["cancel"] = $"{Address}/predictions/{prediction.Id}/cancel" },
    };
}
