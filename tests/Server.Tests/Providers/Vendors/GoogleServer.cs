using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>
/// Google's token endpoint, Vertex AI, Cloud Storage and the Gemini API, all at one address. Facts: discovery schemas and official SDKs of August 2026, and
/// for Omni recorded exchanges of autumn 2026.
/// </summary>
internal sealed class GoogleServer : VendorServer
{
    public const string Key = "AIzaSy-test-0123456789", Project = "test-project";
    private const string Email = "create@test-project.iam.gserviceaccount.com", Token = "ya29.test-token", Location = "europe-west4", Bucket = "veo-out";
    private static readonly string[] Veo = ["veo-3.1-generate-001", "veo-3.1-fast-generate-001", "veo-3.1-lite-generate-001"];
    private static readonly string[] Stills = ["gemini-3.1-flash-image", "gemini-3-pro-image", "gemini-3.1-flash-lite-image"];
    private static readonly string[] Omni = ["gemini-omni-1.1-flash"];
    private static readonly RSA Rsa = RSA.Create(2048);

    private readonly ConcurrentDictionary<string, Run> runs = new();
    private readonly ConcurrentDictionary<string, (string ContentType, long Length)> uploads = new();
    private readonly ConcurrentDictionary<string, (int Looks, string ContentType)> files = new();
    private readonly string account = Path.Combine(Directory.CreateTempSubdirectory("google-account-").FullName, "account.json");
    private readonly bool bucket;
    private int stills;

    /// <param name="bucket">What Veo makes is left in Cloud Storage, and not in the answer.</param>
    public GoogleServer(bool bucket = false) => this.bucket = bucket;

    private sealed record Run(string Id, int Outputs, bool Forbidden)
    {
        public int Looks;
    }

    public override string Name => "google";

    public override IReadOnlyDictionary<string, string> Credentials =>
        new Dictionary<string, string> { ["ApiKey"] = Key, ["ServiceAccount"] = account, ["Project"] = Project, ["Location"] = Location };

    public override int Jobs => runs.Count + stills;

    public int TokensGiven { get; private set; }

    public static string Account(string tokenUri) => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = Project,
        ["private_key_id"] = "key-1",
        ["private_key"] = Rsa.ExportPkcs8PrivateKeyPem(),
        ["client_email"] = Email,
        ["token_uri"] = tokenUri,
    }.ToJsonString();

    public override async Task Start()
    {
        await base.Start();
        await File.WriteAllTextAsync(account, Account($"{Address}/token"));
    }

    public override bool Starts(VendorRequest request) => request.Method == "POST"
        && (request.Path.EndsWith(":predictLongRunning", StringComparison.Ordinal) || request.Path.EndsWith(":generateContent", StringComparison.Ordinal) || request.Path == "/v1beta/interactions");

    public override bool Asks(VendorRequest request) =>
        request.Path.EndsWith(":fetchPredictOperation", StringComparison.Ordinal) || (request.Method == "GET" && request.Path.StartsWith("/v1beta/interactions/", StringComparison.Ordinal));

    public override bool Downloads(VendorRequest request) => request.Path.StartsWith("/storage/v1/b/", StringComparison.Ordinal) || request.Path.EndsWith(":download", StringComparison.Ordinal);

    protected override VendorSays Refusal(string what) => Says(400, "INVALID_ARGUMENT", what);

    protected override async Task<VendorSays> Answer(VendorRequest request)
    {
        if (request is { Method: "POST", Path: "/token" }) return Exchange(request);
        if (request.Path.StartsWith("/v1/", StringComparison.Ordinal) || request.Path.StartsWith("/storage/", StringComparison.Ordinal))
        {
            if (request.Header("Authorization") != $"Bearer {Token}" || request.Header("x-goog-api-key") is not null) return Noted(request, Says(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."));
            return await InCloud(request);
        }
        if (request.Header("x-goog-api-key") != Key || request.Header("Authorization") is not null)
            return Noted(request, Says(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo", ["reason"] = "API_KEY_INVALID" }));
        return await Gemini(request);
    }

    private static VendorSays Says(int status, string name, string message, JsonObject? detail = null) => new(status, new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = name, ["details"] = detail is null ? new JsonArray() : new JsonArray(detail) },
    });

    private VendorSays Noted(VendorRequest request, VendorSays says)
    {
        Faults.Enqueue($"{request}: {says.Json!["error"]!["message"]}");
        return says;
    }

    private VendorSays Exchange(VendorRequest request)
    {
        var form = request.Parts;
        if (form.GetValueOrDefault("grant_type")?.Text != "urn:ietf:params:oauth:grant-type:jwt-bearer") return Wrong("wrong grant_type");
        if (Assertion(form.GetValueOrDefault("assertion")?.Text ?? "") is { } fault)
        {
            Faults.Enqueue($"token: {fault}");
            return new(400, new JsonObject { ["error"] = "invalid_grant", ["error_description"] = fault });
        }
        TokensGiven++;
        return VendorSays.Ok(new JsonObject { ["access_token"] = Token, ["expires_in"] = 3599, ["token_type"] = "Bearer" });
    }

    private string? Assertion(string token)
    {
        if (token.Split('.') is not [var first, var second, var third]) return "no assertion";
        var (head, claims) = (JsonDocument.Parse(WebEncoders.Base64UrlDecode(first)).RootElement, JsonDocument.Parse(WebEncoders.Base64UrlDecode(second)).RootElement);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var (issued, ends) = (claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64());
        return head.GetProperty("alg").GetString() != "RS256" || head.GetProperty("typ").GetString() != "JWT" ? "wrong header"
            : claims.GetProperty("iss").GetString() != Email ? "wrong iss"
            : claims.GetProperty("aud").GetString() != $"{Address}/token" ? "wrong aud"
            : claims.GetProperty("scope").GetString() != "https://www.googleapis.com/auth/cloud-platform" ? "wrong scope"
            : issued > now + 5 || ends <= now || ends - issued > 3600 ? "wrong times"
            : Rsa.VerifyData(Encoding.ASCII.GetBytes($"{first}.{second}"), WebEncoders.Base64UrlDecode(third), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? null : "wrong signature";
    }

    private async Task<VendorSays> InCloud(VendorRequest request)
    {
        if (request.Method == "GET" && request.Path.StartsWith("/storage/", StringComparison.Ordinal))
            return request.Path.StartsWith($"/storage/v1/b/{Bucket}/o/clips%2F", StringComparison.Ordinal) && request.Query["alt"] == "media" ? VendorSays.Media(await Film(), "video/mp4") : Wrong($"{request}: there is no such object");
        if (request is { Method: "GET", Path: "/v1/publishers/google/models/veo-3.1-generate-001" }) return VendorSays.Ok(new JsonObject { ["name"] = "publishers/google/models/veo-3.1-generate-001" });
        const string models = $"/v1/projects/{Project}/locations/{Location}/publishers/google/models/";
        if (request.Method != "POST" || !request.Path.StartsWith(models, StringComparison.Ordinal) || request.Path[models.Length..].Split(':') is not [var model, var verb] || !Veo.Contains(model)) return Wrong($"{request} is no route");
        return verb switch { "predictLongRunning" => Predict(request, model), "fetchPredictOperation" => await Operation(request, model), _ => Wrong($"{request} is no route") };
    }

    private VendorSays Predict(VendorRequest request, string model)
    {
        var extends = false;
        var check = new BodyCheck(request.Json).Items("instances", instance =>
        {
            instance.Text("prompt", required: true).Object("image", Media).Object("lastFrame", Media).Object("video", Media);
            extends = instance.Has("video");
        }, required: true, least: 1).Object("parameters", parameters =>
        {
            parameters.Whole("sampleCount", least: 1, most: 4).Text("resolution", oneOf: model.Contains("lite", StringComparison.Ordinal) ? ["720p", "1080p"] : ["720p", "1080p", "4k"]).Flag("generateAudio")
                .Whole("seed", least: 0, most: uint.MaxValue).Text("negativePrompt").Text("personGeneration", oneOf: ["allow_adult", "dont_allow", "allow_all"]).Flag("enhancePrompt").Text("storageUri");
            if (!extends) parameters.Whole("durationSeconds", least: 4, most: 8).Text("aspectRatio", oneOf: ["16:9", "9:16"]);
        });
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        if (request.Json.GetProperty("parameters").TryGetProperty("durationSeconds", out var seconds) && seconds.GetInt32() % 2 != 0) return Wrong($"{request}: durationSeconds is {seconds}");
        var prompt = request.Json.GetProperty("instances")[0].GetProperty("prompt").GetString()!;
        var count = request.Json.GetProperty("parameters").TryGetProperty("sampleCount", out var samples) ? samples.GetInt32() : 1;
        var run = Begin($"projects/{Project}/locations/{Location}/publishers/google/models/{model}/operations/{Guid.NewGuid()}", count, prompt);
        return VendorSays.Ok(new JsonObject { ["name"] = run.Id });
    }

    private static void Media(BodyCheck media)
    {
        media.Text("mimeType", required: true, oneOf: ["image/png", "image/jpeg", "image/webp", "video/mp4"]);
        if (media.Has("gcsUri")) media.Text("gcsUri");
        else media.Base64("bytesBase64Encoded");
    }

    private async Task<VendorSays> Operation(VendorRequest request, string model)
    {
        var check = new BodyCheck(request.Json).Text("operationName", required: true);
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        if (!runs.TryGetValue(check.Value("operationName")!, out var run) || !run.Id.Contains($"/{model}/", StringComparison.Ordinal)) return Wrong($"{request}: there is no such operation");
        var looks = Interlocked.Increment(ref run.Looks);
        if (looks <= Looks) return VendorSays.Ok(new JsonObject { ["name"] = run.Id });
        var response = new JsonObject { ["@type"] = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse", ["raiMediaFilteredCount"] = run.Forbidden ? run.Outputs : 0 };
        if (run.Forbidden) response["raiMediaFilteredReasons"] = new JsonArray("The prompt could not be submitted. Support codes: 58061214");
        else
        {
            var bytes = bucket ? "" : Convert.ToBase64String(await File.ReadAllBytesAsync(await Film()));
            response["videos"] = new JsonArray([.. Enumerable.Range(0, run.Outputs).Select(index => (JsonNode)new JsonObject
            {
                [bucket ? "gcsUri" : "bytesBase64Encoded"] = bucket ? $"gs://{Bucket}/clips/{looks}/sample_{index}.mp4" : bytes, ["mimeType"] = "video/mp4",
            })]);
        }
        return VendorSays.Ok(new JsonObject { ["name"] = run.Id, ["done"] = true, ["response"] = response });
    }

    private async Task<VendorSays> Gemini(VendorRequest request)
    {
        const string models = "/v1beta/models/", interactions = "/v1beta/interactions", left = "/v1beta/files/";
        switch (request.Method)
        {
            case "POST" when request.Path == "/upload/v1beta/files":
                return Upload(request);
            case "GET" when request.Path.StartsWith(left, StringComparison.Ordinal) && request.Path.EndsWith(":download", StringComparison.Ordinal):
                return request.Query["alt"] == "media" ? new(302) { Headers = { ["Location"] = Link($"{Guid.NewGuid():N}.mp4") } } : Wrong($"{request}: alt is missing");
            case "GET" when request.Path.StartsWith(left, StringComparison.Ordinal):
                return Uploaded(request, request.Path["/v1beta/".Length..]);
            case "GET" when request.Path.StartsWith(models, StringComparison.Ordinal) && Stills.Contains(request.Path[models.Length..]):
                return VendorSays.Ok(new JsonObject { ["name"] = request.Path["/v1beta/".Length..] });
            case "POST" when request.Path.StartsWith(models, StringComparison.Ordinal) && request.Path[models.Length..].Split(':') is [var model, "generateContent"] && Stills.Contains(model):
                return await Still(request, model);
            case "POST" when request.Path == interactions:
                return Interact(request);
            case "GET" when request.Path.StartsWith(interactions, StringComparison.Ordinal) && runs.TryGetValue(request.Path[(interactions.Length + 1)..], out var run):
                return VendorSays.Ok(Interaction(run));
            default:
                return Wrong($"{request} is no route");
        }
    }

    private async Task<VendorSays> Still(VendorRequest request, string model)
    {
        var prompt = "";
        var check = new BodyCheck(request.Json).Items("contents", content => content.Text("role", oneOf: ["user", "model"]).Items("parts", part =>
        {
            if (part.Has("text")) prompt += part.Text("text", required: true).Value("text");
            else part.Object("inlineData", data => data.Text("mimeType", required: true, oneOf: ["image/png", "image/jpeg", "image/webp"]).Base64("data"), required: true);
        }, required: true, least: 1), required: true, least: 1).Object("generationConfig", config => config
            .Texts("responseModalities", "IMAGE", "TEXT")
            .Object("imageConfig", image => image.Text("aspectRatio", oneOf: ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"])
                .Text("imageSize", oneOf: model switch { "gemini-3.1-flash-image" => ["512", "1K", "2K", "4K"], "gemini-3-pro-image" => ["1K", "2K", "4K"], _ => ["1K"] })));
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        if (prompt.Contains("forbidden", StringComparison.Ordinal))
            return VendorSays.Ok(new JsonObject { ["candidates"] = new JsonArray(new JsonObject { ["finishReason"] = "IMAGE_SAFETY", ["finishMessage"] = "Unable to show the generated image." }) });
        Interlocked.Increment(ref stills);
        var picture = Convert.ToBase64String(await File.ReadAllBytesAsync(await Picture()));
        return VendorSays.Ok(new JsonObject
        {
            ["candidates"] = new JsonArray(new JsonObject
            {
                ["content"] = new JsonObject
                {
                    ["role"] = "model",
                    ["parts"] = new JsonArray(new JsonObject { ["text"] = "Here it is." }, new JsonObject { ["inlineData"] = new JsonObject { ["mimeType"] = "image/png", ["data"] = picture } }),
                },
                ["finishReason"] = "STOP",
            }),
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 5, ["candidatesTokenCount"] = 1290 },
        });
    }

    private VendorSays Upload(VendorRequest request)
    {
        if (request.Header("X-Goog-Upload-Command") == "start")
        {
            if (request.Header("X-Goog-Upload-Protocol") != "resumable" || !long.TryParse(request.Header("X-Goog-Upload-Header-Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || request.Header("X-Goog-Upload-Header-Content-Type") is not { } type) return Wrong($"{request}: wrong headers");
            var id = Guid.NewGuid().ToString("N");
            uploads[id] = (type, length);
            return new(200, new JsonObject()) { Headers = { ["X-Goog-Upload-URL"] = $"{Address}/upload/v1beta/files?upload_id={id}&upload_protocol=resumable" } };
        }
        if (request.Header("X-Goog-Upload-Command") != "upload, finalize" || request.Header("X-Goog-Upload-Offset") != "0" || !uploads.TryRemove(request.Query["upload_id"].ToString(), out var upload)) return Wrong($"{request}: no such upload");
        if (request.Body.Length != upload.Length) return Wrong($"{request}: {request.Body.Length} bytes instead of {upload.Length}");
        var name = $"files/{Guid.NewGuid():N}";
        files[name] = (0, upload.ContentType);
        return VendorSays.Ok(new JsonObject { ["file"] = FileState(name) });
    }

    private VendorSays Uploaded(VendorRequest request, string name)
    {
        if (!files.TryGetValue(name, out var file)) return Wrong($"{request}: there is no such file");
        files[name] = (file.Looks + 1, file.ContentType);
        return VendorSays.Ok(FileState(name));
    }

    private JsonObject FileState(string name) => new() { ["name"] = name, ["mimeType"] = files[name].ContentType, ["uri"] = $"{Address}/v1beta/{name}", ["state"] = files[name].Looks == 0 ? "PROCESSING" : "ACTIVE" };

    private VendorSays Interact(VendorRequest request)
    {
        var (prompt, edits) = ("", false);
        var check = new BodyCheck(request.Json).Text("model", required: true, oneOf: Omni).Flag("background", required: true).Text("previous_interaction_id");
        if (request.Json.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.String) prompt = check.Text("input", required: true).Value("input")!;
        else
        {
            check.Items("input", item =>
            {
                item.Text("type", required: true, oneOf: ["text", "image", "video"]);
                if (item.Value("type") == "text") prompt = item.Text("text", required: true).Value("text") ?? "";
                else if (item.Value("type") == "image") item.Text("mime_type", required: true, oneOf: ["image/png", "image/jpeg", "image/webp"]).Base64("data");
                else item.Text("mime_type", required: true, oneOf: ["video/mp4"]).Is("uri", uri => files.GetValueOrDefault(uri[$"{Address}/v1beta/".Length..]).Looks > 0 ? null : "is no file that is ready", required: true);
                edits |= item.Value("type") == "video";
            }, required: true, least: 1);
        }
        check.Object("response_format", format =>
        {
            format.Text("type", required: true, oneOf: ["video"]).Text("delivery", oneOf: ["uri", "inline"]).Text("resolution", oneOf: ["360p", "720p", "1080p", "4k"]);
            if (!edits) format.Text("aspect_ratio", oneOf: ["16:9", "9:16"]).Text("duration", oneOf: [.. Enumerable.Range(3, 8).Select(seconds => $"{seconds}s")]);
        }, required: true).Object("generation_config", config => config.Object("video_config", video => video.Text("task", oneOf: ["text_to_video", "image_to_video", "reference_to_video", "edit"])));
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        var run = Begin($"v1_{Guid.NewGuid():N}", 1, prompt);
        return VendorSays.Ok(new JsonObject { ["id"] = run.Id, ["object"] = "interaction", ["status"] = "in_progress", ["model"] = check.Value("model") });
    }

    private JsonObject Interaction(Run run)
    {
        var looks = Interlocked.Increment(ref run.Looks);
        var state = new JsonObject { ["id"] = run.Id, ["object"] = "interaction", ["status"] = looks > Looks ? "completed" : looks == 1 ? "queued" : "in_progress" };
        if (looks <= Looks) return state;
        var content = run.Forbidden ? new JsonObject { ["type"] = "text", ["text"] = "I cannot make this video." }
            : new JsonObject { ["type"] = "video", ["mime_type"] = "video/mp4", ["uri"] = $"{Address}/v1beta/files/{run.Id}-{looks}:download" };
        state["steps"] = new JsonArray(new JsonObject { ["type"] = "thought", ["signature"] = "…" }, new JsonObject { ["type"] = "model_output", ["content"] = new JsonArray(content) });
        return state;
    }

    private Run Begin(string id, int outputs, string prompt) => runs[id] = new(id, outputs, prompt.Contains("forbidden", StringComparison.Ordinal));
}
