using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Kling;

/// <summary>The older routes: each is asked at its own path, and says <c>succeed</c> where the new ones say <c>succeeded</c>.</summary>
internal static class KlingV1
{
    private const string Identify = "/v1/videos/identify-face", LipSync = "/v1/videos/advanced-lip-sync", Speech = "/v1/audio/tts";
    private const int StillsMax = 9;

    /// <summary>Stills come several at a time, everything else alone.</summary>
    public static int StillsAtOnce(string upstreamModel) => upstreamModel is "kling-v3" or "kling-v3-omni" or "kling-image-o1" or "kling-v2-1" or "image-expand" ? StillsMax : 1;

    public static VendorCall Submit(VendorJob job)
    {
        var path = Path(job);
        // Two steps: the faces of the video first, which makes nothing yet.
        if (path == Identify) return VendorCall.Post(Identify, new JsonObject { ["video_url"] = job.Video!.Address() });
        return VendorCall.Create(path, Told(job, Body(job, path)));
    }

    public static VendorReply Submitted(VendorJob job, VendorAnswer answer)
    {
        var path = Path(job);
        if (path == Identify) return Faces(job, answer);
        // Speech is there at once.
        if (path == Speech) return Result(answer.At("data", "task_result")) ?? new VendorReply.Unknown("Kling answered without a sound.");
        return Taken(answer);
    }

    public static VendorReply Asked(VendorAnswer answer)
    {
        var data = answer.At("data");
        return data.At("task_status").Text() switch
        {
            "succeed" => Result(data.At("task_result")) ?? new VendorReply.Unknown("Kling finished the task and named no output."),
            "failed" => KlingFailures.Of(data.At("task_status_msg").Text()),
            _ => new VendorReply.Working(KlingVendor.Poll),
        };
    }

    /// <summary>What is remembered of a task of these routes: its id alone does not tell which of the two families to ask.</summary>
    public const string Mark = "v1:";

    public static VendorCall Ask(VendorJob job, string upstreamId)
    {
        var path = Path(job);
        return VendorCall.Get($"{(path == Identify ? LipSync : path)}/{Uri.EscapeDataString(upstreamId[Mark.Length..])}");
    }

    private static VendorReply Taken(VendorAnswer answer) => answer.At("data", "task_id").Text() is { } id
        ? new VendorReply.Taken(Mark + id, KlingVendor.Poll) : new VendorReply.Unknown("Kling accepted the task and did not say its id.");

    private static VendorReply Faces(VendorJob job, VendorAnswer answer)
    {
        var (session, face) = (answer.At("data", "session_id").Text(), answer.At("data", "face_data").Items().FirstOrDefault().At("face_id").Text());
        if (session is null || face is null) return new VendorReply.Failed(ProviderFault.InvalidInput, "No face was found in the video.");
        var length = (long)((job.Audio!.Seconds ?? 0) * 1000);
        var chosen = new JsonObject
        {
            ["face_id"] = face,
            ["sound_file"] = job.Audio.Base64(),
            ["sound_start_time"] = 0,
            ["sound_end_time"] = length,
            ["sound_insert_time"] = 0,
            ["sound_volume"] = 1,
            ["original_audio_volume"] = 0,
        };
        return new VendorReply.Next(VendorCall.Create(LipSync, Told(job, new() { ["session_id"] = session, ["face_choose"] = new JsonArray(chosen) })), Taken);
    }

    private static VendorReply? Result(JsonElement result)
    {
        var outputs = new[] { "videos", "images", "audios" }.SelectMany(kind => result.At(kind).Items())
            .Select(made => VendorOutput.At(made.At("url").Text() ?? made.At("url_mp3").Text()) is { } output ? output with { UpstreamId = made.At("id").Text() } : null).OfType<VendorOutput>().ToArray();
        return outputs.Length > 0 ? new VendorReply.Made(outputs) : null;
    }

    /// <summary>The catalogue's path; for a new one that a pair of keys cannot use, the old route that does the same.</summary>
    private static string Path(VendorJob job) => job.Path.Split('/')[1] switch
    {
        "text-to-video" => "/v1/videos/text2video",
        "image-to-video" => "/v1/videos/image2video",
        "omni-video" => "/v1/videos/omni-video",
        "motion-control" => "/v1/videos/motion-control",
        _ => job.Path,
    };

    private static JsonObject Told(VendorJob job, JsonObject body) => body.Put("external_task_id", job.Id.ToString()).Put("callback_url", job.Callback?.AbsoluteUri);

    private static JsonObject Body(VendorJob job, string path) => path switch
    {
        "/v1/videos/text2video" => Video(job).Put("aspect_ratio", job.Text("aspectRatio")),
        "/v1/videos/image2video" => Video(job).Put("image", Picture(job.Image)).Put("image_tail", Picture(job.More.GetValueOrDefault("lastFrame"))),
        "/v1/videos/omni-video" => OmniVideo(job),
        "/v1/videos/motion-control" => Common(job).Put("image_url", Picture(job.Image)).Put("video_url", job.Video!.Address()).Put("character_orientation", job.Text("characterOrientation") ?? "image")
            .Put("mode", Mode(job)).Put("keep_original_sound", job.Text("audio") == "off" ? "no" : "yes"),
        "/v1/videos/effects" => Effect(job),
        "/v1/videos/video-extend" => Prompted(job, new() { ["video_id"] = job.Parent?.Output }),
        "/v1/videos/avatar/image2video" => new JsonObject { ["image"] = Picture(job.Image), ["sound_file"] = job.Audio!.Base64(), ["mode"] = job.Fact("mode") ?? "std" }.Put("prompt", Said(job)),
        "/v1/images/generations" => Still(job).Put("image", Picture(job.Image)),
        "/v1/images/omni-image" => Still(job).Put("result_type", job.Text("resultType")).Put("image_list", job.Image is { } image ? new JsonArray(new JsonObject { ["image"] = Picture(image) }) : null),
        "/v1/images/editing/expand" => Expand(job),
        Speech => new JsonObject { ["text"] = job.Prompt, ["voice_id"] = job.Text("voiceId"), ["voice_language"] = job.Text("language") ?? "en" }.Put("voice_speed", job.Number("speed")),
        "/v1/audio/text-to-audio" => new JsonObject { ["prompt"] = job.Prompt, ["duration"] = job.Whole("duration") ?? 5 },
        "/v1/audio/video-to-audio" => new JsonObject().Put("video_url", job.Video?.Address()).Put("sound_effect_prompt", job.Text("sound_effect_prompt") ?? Said(job))
            .Put("bgm_prompt", job.Text("bgm_prompt")).Put("asmr_mode", job.Flag("asmr_mode")),
        _ => throw new NotSupportedException($"Kling has no route {path}."),
    };

    private static JsonObject Video(VendorJob job) => Prompted(job, Common(job)).Put("mode", Mode(job)).Put("duration", Seconds(job)).Put("sound", job.Text("audio") is { } audio ? audio == "off" ? "off" : "on" : null);

    private static JsonObject OmniVideo(VendorJob job)
    {
        var body = Common(job).Put("prompt", Said(job)).Put("mode", Mode(job));
        var images = new JsonArray();
        if (job.Image is { } first) images.Add(new JsonObject { ["image_url"] = Picture(first), ["type"] = "first_frame" });
        if (job.More.GetValueOrDefault("lastFrame") is { } last) images.Add(new JsonObject { ["image_url"] = Picture(last), ["type"] = "end_frame" });
        if (images.Count > 0) body["image_list"] = images;
        if (job.Video is not { } video) return body.Put("duration", Seconds(job)).Put("aspect_ratio", images.Count == 0 ? job.Text("aspectRatio") : null);
        return body.Put("video_list", new JsonArray(new JsonObject { ["video_url"] = video.Address(), ["refer_type"] = "base", ["keep_original_sound"] = job.Text("audio") == "off" ? "no" : "yes" }));
    }

    private static JsonObject Effect(VendorJob job)
    {
        var scene = job.Text("scene") ?? "";
        return new() { ["effect_scene"] = scene, ["input"] = new JsonObject { ["image"] = Picture(job.Image) } };
    }

    private static JsonObject Still(VendorJob job) => Prompted(job, new() { ["model_name"] = job.UpstreamModel, ["n"] = job.Count }).Put("resolution", job.Text("resolution")).Put("aspect_ratio", job.Text("aspectRatio"));

    private static JsonObject Expand(VendorJob job)
    {
        var body = new JsonObject { ["image"] = Picture(job.Image), ["n"] = job.Count }.Put("prompt", Said(job));
        job.Request.Params.TryGetValue("expansionRatio", out var sides);
        foreach (var side in new[] { "up", "down", "left", "right" }) body[$"{side}_expansion_ratio"] = sides.At(side).Number(2) ?? 0;
        return body;
    }

    private static JsonObject Prompted(VendorJob job, JsonObject body) => body.Put("prompt", job.Words(negative: false) is { Length: > 0 } words ? words : null).Put("negative_prompt", job.Request.NegativePrompt);

    private static JsonObject Common(VendorJob job) => new() { ["model_name"] = Names.GetValueOrDefault(job.UpstreamModel, job.UpstreamModel) };

    private static string? Said(VendorJob job) => job.Words() is { Length: > 0 } words ? words : null;

    private static string? Seconds(VendorJob job) => job.Whole("duration")?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Mode(VendorJob job) => job.Text("resolution") switch { "720p" => "std", "1080p" => "pro", "4k" => "4k", _ => null };

    private static string? Picture(MediaInput? image) => image is null ? null : image.Link?.AbsoluteUri ?? image.Base64();

    /// <summary>What the old routes call the models of the new ones.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["kling-3.0"] = "kling-v3",
        ["kling-2.6"] = "kling-v2-6",
        ["kling-2.5-turbo"] = "kling-v2-5-turbo",
        ["kling-3.0-omni"] = "kling-v3-omni",
        ["kling-o1"] = "kling-video-o1",
    };
}
