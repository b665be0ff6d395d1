using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>Kling's interface: the routes with the model in the path, and the older ones below <c>/v1</c>. Facts: its API reference as of 2026-09-20.</summary>
internal sealed class KlingServer : VendorServer
{
    private const string Key = "kling-api-key-0123456789", Access = "kling-access-key", Secret = "kling-secret-key-9876543210";
    private static readonly string[] Ratios = ["16:9", "9:16", "1:1"];
    private readonly ConcurrentDictionary<string, Task> tasks = new();
    private readonly ConcurrentDictionary<string, string> byExternal = new();
    private readonly bool pair;

    private sealed record Task(string Id, string? External, string Route, string Kind, int Outputs)
    {
        public int Looks;

        public string? Failure { get; init; }
    }

    /// <param name="pair">The operator has a pair of keys, and no API key.</param>
    public KlingServer(bool pair = false) => this.pair = pair;

    public override string Name => "kling";

    public override IReadOnlyDictionary<string, string> Credentials => pair
        ? new Dictionary<string, string> { ["AccessKey"] = Access, ["SecretKey"] = Secret } : new Dictionary<string, string> { ["ApiKey"] = Key };

    /// <summary>API keys of others who have an account there.</summary>
    public IReadOnlyList<string> Customers { get; set; } = [];

    /// <summary>Only its gateway answers.</summary>
    public bool Away { get; set; }

    public override int Jobs => tasks.Count;

    public IEnumerable<string> Ids => tasks.Keys;

    public override bool Starts(VendorRequest request) => request.Method == "POST" && request.Path != "/v1/videos/identify-face";

    public override bool Asks(VendorRequest request) => request.Method == "GET" && !Downloads(request);

    protected override VendorSays Refusal(string what) => Says(400, 1201, what);

    protected override async Task<VendorSays> Answer(VendorRequest request)
    {
        if (Away) return new(503);
        if (Unauthorized(request) is { } no) return no;
        if (request is { Method: "GET", Path: "/account/costs" }) return VendorSays.Ok(Envelope(new JsonObject()));
        if (request is { Method: "GET", Path: "/tasks" }) return List(request);
        if (request.Method == "GET") return Old(request);
        if (request.Method != "POST") return Wrong($"{request} is no route");
        return await System.Threading.Tasks.Task.FromResult(request.Path.StartsWith("/v1/", StringComparison.Ordinal) ? Legacy(request) : Modern(request));
    }

    private static JsonObject Envelope(JsonNode data) => new() { ["code"] = 0, ["message"] = "SUCCEED", ["request_id"] = Guid.NewGuid().ToString(), ["data"] = data };

    private static VendorSays Says(int status, int code, string message) => new(status, new JsonObject { ["code"] = code, ["message"] = message, ["request_id"] = Guid.NewGuid().ToString() });

    private VendorSays? Unauthorized(VendorRequest request)
    {
        var header = request.Header("Authorization") ?? "";
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal)) return Note(Says(401, 1001, "Authorization is missing"));
        var token = header[7..];
        if ((token == Key && !pair) || Customers.Contains(token)) return null;
        if (!request.Path.StartsWith("/v1/", StringComparison.Ordinal) && request.Path != "/account/costs") return Note(Says(401, 1002, "Authorization is invalid"));
        return Token(token) is { } fault ? Note(Says(401, 1002, fault)) : null;

        VendorSays Note(VendorSays says)
        {
            Faults.Enqueue($"{request}: {says.Json!["message"]}");
            return says;
        }
    }

    private static string? Token(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) return "no token";
        var head = JsonDocument.Parse(Decode(parts[0])).RootElement;
        var claims = JsonDocument.Parse(Decode(parts[1])).RootElement;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        if (head.GetProperty("alg").GetString() != "HS256" || head.GetProperty("typ").GetString() != "JWT") return "wrong header";
        if (claims.GetProperty("iss").GetString() != Access) return "wrong iss";
        if (claims.GetProperty("exp").GetInt64() is var end && (end <= now || end > now + 1800 + 5)) return "wrong exp";
        if (claims.GetProperty("nbf").GetInt64() > now) return "wrong nbf";
        var right = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        return right.AsSpan().SequenceEqual(Decode(parts[2])) ? null : "wrong signature";
    }

    private static byte[] Decode(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);

    private VendorSays Modern(VendorRequest request)
    {
        var (what, model) = request.Path.Split('/') switch { [_, var first, var second] => (first, second), _ => ("", "") };
        string[] models = what switch
        {
            "text-to-video" or "image-to-video" => ["kling-3.0", "kling-3.0-turbo", "kling-2.6", "kling-2.5-turbo"],
            "omni-video" => ["kling-3.0-omni", "kling-o1"],
            "motion-control" => ["kling-3.0", "kling-2.6"],
            _ => [],
        };
        if (!models.Contains(model)) return Wrong($"{request} is no route");
        var (old, turbo) = (model is "kling-2.6" or "kling-2.5-turbo", model == "kling-3.0-turbo");
        var check = new BodyCheck(request.Json);
        if (what == "text-to-video") check.Text("prompt", required: true, most: old ? 2500 : 3072);
        else check.Items("contents", item => Content(item, what), required: true, least: 1);
        check.Object("settings", settings =>
        {
            settings.Text("resolution", oneOf: model is "kling-3.0" or "kling-3.0-omni" && what != "motion-control" ? ["720p", "1080p", "4k"] : ["720p", "1080p"]);
            if (what == "motion-control")
            {
                settings.Text("character_orientation", required: true, oneOf: ["image", "video"]).Text("audio", oneOf: ["original", "off"]);
                return;
            }
            if (what != "image-to-video") settings.Text("aspect_ratio", oneOf: Ratios);
            settings.Whole("duration", least: 3, most: old ? 10 : model == "kling-o1" ? 10 : 15);
            if (!turbo && model != "kling-2.5-turbo") settings.Text("audio", oneOf: model switch { "kling-3.0-omni" => ["native", "original", "off"], "kling-o1" => ["original", "off"], _ => ["native", "off"] });
            if (model.StartsWith("kling-3.0", StringComparison.Ordinal)) settings.Flag("multi_shot");
        }).Object("options", options => options.Link("callback_url").Text("external_task_id").Object("watermark_info", mark => mark.Flag("enabled", required: true)));
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        var external = request.Json.GetProperty("options").TryGetProperty("external_task_id", out var own) ? own.GetString() : null;
        if (external is not null && byExternal.ContainsKey(external)) return Wrong($"{request}: external_task_id {external} was there before");
        var task = Begin(external, request.Path, "video", 1, Prompt(request));
        return VendorSays.Ok(Envelope(new JsonObject { ["id"] = task.Id, ["status"] = "submitted", ["create_time"] = 0, ["update_time"] = 0, ["external_id"] = external }));
    }

    private static void Content(BodyCheck item, string what)
    {
        string[] types = what switch
        {
            "image-to-video" => ["prompt", "first_frame", "last_frame", "element", "voice"],
            "omni-video" => ["prompt", "first_frame", "last_frame", "refer_image", "feature_video", "base_video", "element"],
            _ => ["prompt", "image", "video", "element"],
        };
        item.Text("type", required: true, oneOf: types);
        if (item.Value("type") == "prompt") item.Text("text", required: true, most: 3072);
        else if (item.Value("type") is "base_video" or "feature_video" or "video") item.Link("url", required: true);
        else item.Media("url", required: true);
    }

    private static string Prompt(VendorRequest request) => request.Json.TryGetProperty("prompt", out var prompt) ? prompt.GetString()!
        : request.Json.TryGetProperty("contents", out var contents) && contents.EnumerateArray().FirstOrDefault(item => item.GetProperty("type").GetString() == "prompt") is { ValueKind: JsonValueKind.Object } said
            ? said.GetProperty("text").GetString()! : "";

    private Task Begin(string? external, string route, string kind, int outputs, string prompt)
    {
        var task = new Task(Guid.NewGuid().ToString("N"), external, route, kind, outputs) { Failure = prompt.StartsWith("forbidden", StringComparison.Ordinal) ? "Failure to pass the risk control system" : null };
        tasks[task.Id] = task;
        if (external is not null) byExternal[external] = task.Id;
        return task;
    }

    private VendorSays List(VendorRequest request)
    {
        var ids = request.Query["task_ids"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Concat(request.Query["external_task_ids"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => byExternal.GetValueOrDefault(id, ""))).ToArray();
        var found = ids.Select(id => tasks.GetValueOrDefault(id)).OfType<Task>().ToArray();
        return VendorSays.Ok(Envelope(new JsonArray([.. found.Select(task => (JsonNode)State(task))])));
    }

    private JsonObject State(Task task)
    {
        var looks = Interlocked.Increment(ref task.Looks);
        var status = looks > Looks ? task.Failure is null ? "succeeded" : "failed" : looks == 1 ? "submitted" : "processing";
        var state = new JsonObject { ["id"] = task.Id, ["status"] = status, ["message"] = status == "failed" ? task.Failure : "", ["external_id"] = task.External };
        if (status == "succeeded")
            state["outputs"] = new JsonArray(new JsonObject { ["type"] = "video", ["id"] = $"{task.Id}-1", ["url"] = Link($"{task.Id}-{looks}.mp4"), ["watermark_url"] = null, ["duration"] = "5.1" });
        return state;
    }

    private VendorSays Old(VendorRequest request)
    {
        var cut = request.Path.LastIndexOf('/');
        if (!tasks.TryGetValue(request.Path[(cut + 1)..], out var task) || task.Route != request.Path[..cut]) return Wrong($"{request}: there is no such task");
        var looks = Interlocked.Increment(ref task.Looks);
        var status = looks > Looks ? task.Failure is null ? "succeed" : "failed" : looks == 1 ? "submitted" : "processing";
        var data = new JsonObject { ["task_id"] = task.Id, ["task_status"] = status, ["task_status_msg"] = status == "failed" ? task.Failure : "" };
        if (status == "succeed") data["task_result"] = Result(task, looks);
        return VendorSays.Ok(Envelope(data));
    }

    private JsonObject Result(Task task, int looks) => task.Kind switch
    {
        "images" => new() { ["images"] = new JsonArray([.. Enumerable.Range(0, task.Outputs).Select(index => (JsonNode)new JsonObject { ["index"] = index, ["url"] = Link($"{task.Id}-{looks}-{index}.png") })]) },
        "audios" => new() { ["audios"] = new JsonArray(new JsonObject { ["id"] = $"{task.Id}-1", ["url_mp3"] = Link($"{task.Id}-{looks}.mp3"), ["url_wav"] = null, ["duration_mp3"] = "1.5" }) },
        _ => new() { ["videos"] = new JsonArray(new JsonObject { ["id"] = $"{task.Id}-1", ["url"] = Link($"{task.Id}-{looks}.mp4"), ["duration"] = "5.1" }) },
    };

    private VendorSays Legacy(VendorRequest request)
    {
        var check = new BodyCheck(request.Json);
        var kind = "video";
        switch (request.Path)
        {
            case "/v1/videos/text2video":
                Video(check, ["kling-v3", "kling-v2-6", "kling-v2-5-turbo"]).Text("aspect_ratio", oneOf: Ratios);
                break;
            case "/v1/videos/image2video":
                Video(check, ["kling-v3", "kling-v2-6", "kling-v2-5-turbo"]).Media("image", required: true).Media("image_tail");
                break;
            case "/v1/videos/omni-video":
                Video(check, ["kling-video-o1", "kling-v3-omni"]).Text("aspect_ratio", oneOf: Ratios)
                    .Items("image_list", item => item.Media("image_url", required: true).Text("type", oneOf: ["first_frame", "end_frame"]))
                    .Items("video_list", item => item.Link("video_url", required: true).Text("refer_type", oneOf: ["base", "feature"]).Text("keep_original_sound", oneOf: ["yes", "no"]));
                break;
            case "/v1/videos/motion-control":
                check.Text("model_name", oneOf: ["kling-v3", "kling-v2-6"]).Media("image_url", required: true).Link("video_url", required: true).Text("character_orientation", required: true, oneOf: ["image", "video"])
                    .Text("mode", oneOf: ["std", "pro"]).Text("keep_original_sound", oneOf: ["yes", "no"]);
                break;
            case "/v1/videos/video-extend":
                check.Text("video_id", required: true).Text("prompt").Text("negative_prompt").Number("cfg_scale", least: 0, most: 1);
                break;
            case "/v1/videos/effects":
                check.Text("effect_scene", required: true).Object("input", input => input.Media("image", required: true), required: true);
                break;
            case "/v1/videos/avatar/image2video":
                check.Media("image", required: true).Media("sound_file", required: true).Text("prompt").Text("mode", oneOf: ["std", "pro"]);
                break;
            case "/v1/videos/identify-face":
                check.Link("video_url", required: true);
                if (check.Wrong is { Count: > 0 } unseen) return Wrong($"{request}: {string.Join("; ", unseen)}");
                return VendorSays.Ok(Envelope(new JsonObject { ["session_id"] = "session-1", ["face_data"] = new JsonArray(new JsonObject { ["face_id"] = "0" }) }));
            case "/v1/videos/advanced-lip-sync":
                check.Text("session_id", required: true, oneOf: ["session-1"]).Items("face_choose", face => face.Text("face_id", required: true).Media("sound_file", required: true)
                    .Whole("sound_start_time", required: true, least: 0).Whole("sound_end_time", required: true, least: 1).Whole("sound_insert_time", required: true, least: 0)
                    .Number("sound_volume", least: 0, most: 2).Number("original_audio_volume", least: 0, most: 2), required: true, least: 1);
                break;
            case "/v1/images/generations":
                kind = "images";
                Still(check, ["kling-v3", "kling-v2-1"]).Media("image").Text("resolution", oneOf: ["1k", "2k"]);
                break;
            case "/v1/images/omni-image":
                kind = "images";
                Still(check, ["kling-image-o1", "kling-v3-omni"]).Items("image_list", item => item.Media("image", required: true)).Text("resolution", oneOf: ["1k", "2k", "4k"])
                    .Text("result_type", oneOf: ["single", "series"]);
                break;
            case "/v1/images/editing/expand":
                kind = "images";
                check.Media("image", required: true).Number("up_expansion_ratio", required: true, least: 0, most: 2).Number("down_expansion_ratio", required: true, least: 0, most: 2)
                    .Number("left_expansion_ratio", required: true, least: 0, most: 2).Number("right_expansion_ratio", required: true, least: 0, most: 2).Text("prompt").Whole("n", least: 1, most: 9);
                break;
            case "/v1/audio/tts":
                check.Text("text", required: true, most: 1000).Text("voice_id", required: true).Text("voice_language", required: true, oneOf: ["zh", "en"]).Number("voice_speed", least: 0.8, most: 2);
                if (check.Text("external_task_id").Link("callback_url").Wrong is { Count: > 0 } unsaid) return Wrong($"{request}: {string.Join("; ", unsaid)}");
                var speech = Begin(null, request.Path, "audios", 1, "");
                return VendorSays.Ok(Envelope(new JsonObject
                {
                    ["task_id"] = speech.Id,
                    ["task_status"] = "succeed",
                    ["task_result"] = new JsonObject { ["audios"] = new JsonArray(new JsonObject { ["id"] = $"{speech.Id}-1", ["url"] = Link($"{speech.Id}.mp3"), ["duration"] = "1.5" }) },
                }));
            case "/v1/audio/text-to-audio":
                kind = "audios";
                check.Text("prompt", required: true, most: 200).Number("duration", required: true, least: 3, most: 10);
                break;
            case "/v1/audio/video-to-audio":
                kind = "audios";
                check.Link("video_url", required: true).Text("sound_effect_prompt").Text("bgm_prompt").Flag("asmr_mode");
                break;
            default:
                return Wrong($"{request} is no route");
        }
        check.Text("external_task_id").Link("callback_url");
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        var outputs = request.Json.TryGetProperty("n", out var n) ? n.GetInt32() : 1;
        var task = Begin(check.Value("external_task_id"), request.Path, kind, outputs, Prompt(request));
        return VendorSays.Ok(Envelope(new JsonObject
        {
            ["task_id"] = task.Id,
            ["task_status"] = "submitted",
            ["task_info"] = new JsonObject { ["external_task_id"] = task.External },
            ["created_at"] = 0,
            ["updated_at"] = 0,
        }));
    }

    private static BodyCheck Video(BodyCheck check, string[] models) => check.Text("model_name", oneOf: models).Text("prompt", most: 3072).Text("negative_prompt").Text("mode", oneOf: ["std", "pro", "4k"])
        .Text("sound", oneOf: ["on", "off"]).Text("duration", oneOf: [.. Enumerable.Range(3, 13).Select(seconds => seconds.ToString(CultureInfo.InvariantCulture))]);

    private static BodyCheck Still(BodyCheck check, string[] models) => check.Text("model_name", oneOf: models).Text("prompt", required: true).Text("negative_prompt").Whole("n", least: 1, most: 9)
        .Text("aspect_ratio", oneOf: ["auto", "16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9"]);
}
