using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>HeyGen's interface, version 3. Facts: its OpenAPI document of July 2026, and its reference pages for the <c>Idempotency-Key</c>.</summary>
internal sealed partial class HeyGenServer : VendorServer
{
    public const string Key = "heygen-api-key-0123456789";
    private static readonly string[] Ratios = ["16:9", "9:16", "4:5", "5:4", "1:1", "auto"], Engines = ["avatar_iii", "avatar_iv", "avatar_v"];
    private readonly ConcurrentDictionary<string, Job> jobs = new();
    private readonly ConcurrentDictionary<string, (string Body, JsonObject Reply)> keys = new();
    private readonly ConcurrentDictionary<string, string> assets = new();

    /// <param name="Route">Where it is asked about.</param>
    private sealed record Job(string Id, string Route, bool Refused)
    {
        public int Looks;

        /// <summary>Of an agent: the video that it makes.</summary>
        public string? Video { get; init; }
    }

    public override string Name => "heygen";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string> { ["ApiKey"] = Key };

    public override int Jobs => jobs.Values.Count(job => job.Video is null);

    /// <summary>An agent's video has no id yet when the agent begins.</summary>
    public bool LateVideos { get; set; }

    public override bool Starts(VendorRequest request) => request.Method == "POST" && request.Path is not "/v3/assets" && !request.Path.EndsWith("/stop", StringComparison.Ordinal);

    public override bool Asks(VendorRequest request) => request.Method == "GET" && !Downloads(request);

    protected override VendorSays Refusal(string what) => Says(400, "invalid_parameter", what);

    protected override Task<VendorSays> Answer(VendorRequest request) => Task.FromResult(Reply(request));

    public static VendorSays Says(int status, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["param"] = null, ["doc_url"] = "https://developers.heygen.com/" } });

    [GeneratedRegex("^[A-Za-z0-9_:.-]{1,255}$")]
    private static partial Regex KeyShape { get; }

    private static JsonObject Data(JsonNode data) => new() { ["data"] = data };

    private VendorSays Reply(VendorRequest request)
    {
        if (request.Header("x-api-key") != Key) return Says(401, "unauthorized", "Invalid API key");
        return request.Method switch
        {
            "GET" => Get(request),
            "POST" when request.Path.EndsWith("/stop", StringComparison.Ordinal) => VendorSays.Ok(Data(new JsonObject { ["session_id"] = request.Path.Split('/')[3] })),
            "POST" => Post(request),
            _ => Wrong($"{request} is no route"),
        };
    }

    private VendorSays Get(VendorRequest request)
    {
        if (request.Path == "/v3/users/me") return VendorSays.Ok(Data(new JsonObject { ["email"] = "a@b.c", ["username"] = "a", ["first_name"] = "A", ["last_name"] = "B" }));
        if (!jobs.TryGetValue(request.Path, out var job)) return Wrong($"{request}: there is no such job");
        var looks = Interlocked.Increment(ref job.Looks);
        if (job.Route == "/v3/video-agents") return VendorSays.Ok(Data(Session(job, looks)));
        var done = looks > Looks;
        var (waiting, working) = job.Route == "/v3/videos" ? ("pending", "processing") : ("pending", "running");
        var state = new JsonObject { ["id"] = job.Id, ["status"] = done ? job.Refused ? "failed" : "completed" : looks == 1 ? waiting : working, ["created_at"] = 1_790_000_000 };
        if (done && job.Refused)
        {
            state["failure_message"] = "The input did not pass content moderation.";
            if (job.Route == "/v3/videos") state["failure_code"] = "moderation_failed";
        }
        if (done && !job.Refused) (state["video_url"], state["duration"]) = (Link($"{job.Id}-{looks}.mp4"), 12.3);
        return VendorSays.Ok(Data(state));
    }

    private static JsonObject Session(Job job, int looks)
    {
        var status = looks == 1 ? "thinking" : job.Refused ? "failed" : "generating";
        var state = new JsonObject { ["session_id"] = job.Id, ["status"] = status, ["progress"] = Math.Min(90, looks * 20), ["created_at"] = 1_790_000_000, ["messages"] = new JsonArray() };
        if (looks > 1 && job.Refused) state["messages"]!.AsArray().Add(new JsonObject { ["role"] = "model", ["type"] = "error", ["content"] = "This goes against our content policy." });
        else if (looks > 1) state["video_id"] = job.Video;
        return state;
    }

    private VendorSays Post(VendorRequest request)
    {
        var key = request.Header("Idempotency-Key") is { } sent ? $"{request.Path} {sent}" : null;
        if (key is not null && !KeyShape.IsMatch(request.Header("Idempotency-Key")!)) return Wrong($"{request}: the Idempotency-Key is out of shape");
        var body = request.Path == "/v3/assets" ? "" : System.Text.Encoding.UTF8.GetString(request.Body);
        if (key is not null && keys.TryGetValue(key, out var before)) return before.Body == body ? VendorSays.Ok(before.Reply.DeepClone()) : Wrong($"{request}: the same Idempotency-Key came with another body");
        var check = new BodyCheck(request.Json);
        var says = request.Path switch
        {
            "/v3/assets" => Asset(request),
            "/v3/videos" => Video(request, check),
            "/v3/video-agents" => Agent(request, check),
            "/v3/lipsyncs" => Started(request, Told(check.Object("video", Asset, required: true).Object("audio", Asset, required: true).Text("mode", oneOf: ["speed", "precision"])),
                id => new JsonObject { ["lipsync_id"] = id }),
            "/v3/video-translations" => Started(request, Told(check.Object("video", Asset, required: true).Texts("output_languages", required: true, most: 100).Text("mode", oneOf: ["speed", "precision"])),
                id => new JsonObject { ["video_translation_ids"] = new JsonArray(id) }),
            "/v3/voices/speech" => Speech(request, check),
            _ => Wrong($"{request} is no route"),
        };
        if (key is not null && says.Status == 200) keys[key] = (body, says.Json!.DeepClone().AsObject());
        return says;
    }

    private VendorSays Asset(VendorRequest request)
    {
        if (request.Parts.GetValueOrDefault("file") is not { FileName.Length: > 0, Bytes.Length: > 0 } file || request.Parts.Count != 1) return Wrong($"{request}: one file is wanted");
        if (file.ContentType is not ("image/png" or "image/jpeg" or "video/mp4" or "video/webm" or "audio/mpeg" or "audio/wav")) return Wrong($"{request}: {file.ContentType} is not taken");
        var id = Guid.NewGuid().ToString("N");
        assets[id] = file.ContentType;
        return VendorSays.Ok(Data(new JsonObject { ["asset_id"] = id, ["mime_type"] = file.ContentType, ["size_bytes"] = file.Bytes.Length, ["url"] = $"https://files.heygen.test/{id}" }));
    }

    private VendorSays Video(VendorRequest request, BodyCheck check)
    {
        var kind = check.Value("type");
        check.Text("type", required: true, oneOf: ["avatar", "image", "cinematic_avatar"]);
        if (kind == "cinematic_avatar")
        {
            check.Texts("avatar_id", required: true, most: 3).Text("prompt", required: true).Text("aspect_ratio", oneOf: ["16:9", "9:16", "1:1"]).Text("resolution", oneOf: ["720p", "1080p"]).Flag("enhance_prompt")
                .Flag("auto_duration").Whole("duration", least: 4, most: 15).Items("references", Media);
            if (Has(request, "auto_duration") && Has(request, "duration")) return Wrong($"{request}: duration beside auto_duration");
        }
        else
        {
            if (kind == "avatar") check.Text("avatar_id", required: true).Object("engine", engine => engine.Text("type", required: true, oneOf: Engines).Text("reference_look_id"));
            else check.Object("image", Media, required: true);
            Told(check).Text("script").Text("voice_id").Link("audio_url").Text("audio_asset_id", oneOf: [.. assets.Keys]).Text("aspect_ratio", oneOf: Ratios).Text("resolution", oneOf: ["720p", "1080p", "4k"])
                .Text("expressiveness", oneOf: ["high", "medium", "low"]).Text("motion_prompt");
            if (new[] { "script", "audio_url", "audio_asset_id" }.Count(way => Has(request, way)) != 1) return Wrong($"{request}: exactly one of script, audio_url, audio_asset_id");
            if (kind == "image" && Has(request, "script") && !Has(request, "voice_id")) return Wrong($"{request}: script without voice_id");
        }
        return Started(request, check, id => new JsonObject { ["video_id"] = id, ["status"] = "waiting", ["output_format"] = "mp4" });
    }

    private VendorSays Agent(VendorRequest request, BodyCheck check)
    {
        Told(check).Text("prompt", required: true, most: 10_000).Text("mode", oneOf: ["generate", "chat"]).Text("avatar_id").Text("voice_id").Text("style_id").Text("orientation", oneOf: ["landscape", "portrait"])
            .Items("files", Media);
        var video = Guid.NewGuid().ToString("N");
        return Started(request, check, session =>
        {
            jobs[$"/v3/video-agents/{session}"] = new(session, "/v3/video-agents", Forbidden(request)) { Video = video };
            jobs[$"/v3/videos/{video}"] = new(video, "/v3/videos", Forbidden(request));
            return new() { ["session_id"] = session, ["status"] = "thinking", ["video_id"] = LateVideos ? null : video, ["created_at"] = 1_790_000_000 };
        });
    }

    private VendorSays Speech(VendorRequest request, BodyCheck check)
    {
        check.Text("text", required: true, most: 5000).Text("voice_id", required: true).Text("input_type", oneOf: ["text", "ssml"]).Number("speed", least: 0.5, most: 2).Text("language").Text("locale");
        return Started(request, check, id =>
        {
            jobs[id] = new(id, request.Path, false);
            return new() { ["audio_url"] = Link($"{id}.mp3"), ["duration"] = 1.5, ["request_id"] = id, ["word_timestamps"] = new JsonArray() };
        });
    }

    private VendorSays Started(VendorRequest request, BodyCheck check, Func<string, JsonObject> reply)
    {
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        var id = Guid.NewGuid().ToString("N");
        var data = reply(id);
        if (request.Path is not ("/v3/video-agents" or "/v3/voices/speech")) jobs[$"{request.Path}/{id}"] = new(id, request.Path, Forbidden(request));
        return VendorSays.Ok(Data(data));
    }

    private static BodyCheck Told(BodyCheck check) => check.Link("callback_url").Text("callback_id");

    private void Asset(BodyCheck asset)
    {
        asset.Text("type", required: true, oneOf: ["url", "asset_id"]);
        if (asset.Value("type") == "url") asset.Link("url", required: true);
        else asset.Text("asset_id", required: true, oneOf: [.. assets.Keys]);
    }

    private void Media(BodyCheck media)
    {
        if (media.Value("type") != "base64") Asset(media);
        else media.Text("type").Media("data", required: true).Text("media_type", required: true, oneOf: ["image/png", "image/jpeg", "video/mp4", "audio/mpeg"]);
    }

    private static bool Forbidden(VendorRequest request) =>
        new[] { "script", "prompt", "text" }.Any(name => request.Json.TryGetProperty(name, out var words) && words.GetString()!.Contains("forbidden", StringComparison.Ordinal));

    private static bool Has(VendorRequest request, string name) => request.Json.ValueKind == JsonValueKind.Object && request.Json.TryGetProperty(name, out _);
}
