using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>A server that speaks OpenAI's images interface. Facts: its reference.</summary>
internal sealed class CompatibleServer : VendorServer
{
    private const string Key = "local-server-key-0123";
    private int jobs;

    public override string Name => "compatible";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["ApiKey"] = Key };

    public override (string, string)[] Settings =>
    [
        .. base.Settings,
        ("Catalog:Models:0:id", "local-sdxl"), ("Catalog:Models:0:provider", "compatible"), ("Catalog:Models:0:displayName", "SDXL here"), ("Catalog:Models:0:upstreamModelId", "sdxl"),
        ("Catalog:Models:0:supportedTypes:0", "text2image"), ("Catalog:Models:0:supportedTypes:1", "image2image"), ("Catalog:Models:0:requiredInputs:image2image:0", "image"),
        ("Catalog:Models:0:requiredInputs:image2image:1", "prompt"), ("Catalog:Models:0:creditCostPerImage", "0.5"), ("Catalog:Models:0:params:sizes:0", "1024x1024"), ("Catalog:Models:0:params:sizes:1", "512x512"),
        ("Catalog:Models:0:params:outputFormats:0", "png"), ("Catalog:Models:0:params:seed", "true"),
    ];

    public override int Jobs => jobs;

    public override bool Starts(VendorRequest request) => request.Method == "POST";

    public override bool Asks(VendorRequest request) => false;

    protected override VendorSays Refusal(string what) => Says(400, "invalid_request_error", what);

    protected override async Task<VendorSays> Answer(VendorRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {Key}") return Says(401, "invalid_api_key", "Incorrect API key provided.");
        var prompt = request.Parts.GetValueOrDefault("prompt")?.Text;
        switch (request.Method, request.Path)
        {
            case ("GET", "/models"):
                return VendorSays.Ok(new JsonObject { ["object"] = "list", ["data"] = new JsonArray() });
            case ("POST", "/images/generations"):
                var check = new BodyCheck(request.Json).Text("model", required: true, oneOf: ["sdxl"]).Text("prompt", required: true).Whole("n", least: 1, most: 10).Text("size", oneOf: ["1024x1024", "512x512"]).Text("output_format", oneOf: ["png"]).Whole("seed");
                if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
                prompt = check.Value("prompt");
                break;
            case ("POST", "/images/edits"):
                if (request.Parts.GetValueOrDefault("model")?.Text != "sdxl" || prompt is null || request.Parts.GetValueOrDefault("image") is not { Bytes.Length: > 0, ContentType: "image/png" }) return Wrong($"{request} lacks a part");
                if (request.Parts.Keys.Except(["model", "prompt", "image", "mask", "n", "size", "output_format", "seed"]).FirstOrDefault() is { } unknown) return Wrong($"{request}: {unknown} is unknown");
                break;
            default:
                return Wrong($"{request} is no route");
        }
        if (prompt!.Contains("forbidden", StringComparison.Ordinal)) return Says(400, "content_policy_violation", "Your request was rejected by the safety system.");
        Interlocked.Increment(ref jobs);
        return VendorSays.Ok(new JsonObject { ["created"] = 0, ["data"] = new JsonArray(new JsonObject { ["b64_json"] = Convert.ToBase64String(await File.ReadAllBytesAsync(await Picture())) }) });
    }

    private static VendorSays Says(int status, string code, string message) => new(status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = null, ["code"] = code } });
}
