using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.HeyGen;

/// <summary>What HeyGen is asked to make, and by which name it then knows it.</summary>
internal static class HeyGenJob
{
    private const string Videos = "/v3/videos", Agents = "/v3/video-agents", LipSyncs = "/v3/lipsyncs", Translations = "/v3/video-translations", Speech = "/v3/voices/speech";
    private const int AvatarsMax = 3;

    public static VendorCall Create(VendorJob job, HeyGenAssets assets) =>
        (VendorCall.Create(job.Path, Body(job, assets)) with { Recognised = true }).With("Idempotency-Key", job.Id.ToString());

    public static VendorReply Taken(VendorJob job, VendorAnswer answer)
    {
        var data = answer.At("data");
        // Speech is there at once.
        if (job.Path == Speech)
            return VendorOutput.At(data.At("audio_url").Text()) is { } sound ? new VendorReply.Made([sound]) : new VendorReply.Unknown("HeyGen answered without a sound.");
        var run = job.Path switch
        {
            Videos => HeyGenRun.Of(Videos, data.At("video_id")),
            Agents => HeyGenRun.Of(data.At("session_id"), data.At("video_id")),
            LipSyncs => HeyGenRun.Of(LipSyncs, data.At("lipsync_id")),
            _ => HeyGenRun.Of(Translations, data.At("video_translation_ids").Items().FirstOrDefault()),
        };
        return run is { } id ? new VendorReply.Taken(id, HeyGenRun.Poll) : new VendorReply.Unknown("HeyGen accepted the job and did not say its id.");
    }

    private static JsonObject Body(VendorJob job, HeyGenAssets assets) => job.Path switch
    {
        Videos when job.UpstreamModel == "cinematic_avatar" => Scene(job, assets),
        // The photo avatar has the engine of the fourth avatar and no word for it.
        Videos when job.Fact("engine") is { } engine => Speaking(job, assets, new() { ["type"] = "avatar", ["avatar_id"] = job.Text("avatarId"), ["engine"] = Engine(job, engine) }),
        Videos => Speaking(job, assets, new() { ["type"] = "image", ["image"] = assets.Name(job.Image!) }),
        Agents => Brief(job, assets),
        LipSyncs => Told(job, new() { ["video"] = assets.Name(job.Video!), ["audio"] = assets.Name(job.Audio!), ["mode"] = job.Fact("mode") }),
        Translations => Told(job, new() { ["video"] = assets.Name(job.Video!), ["output_languages"] = new JsonArray(Names(job, "outputLanguages", 1)), ["mode"] = job.Fact("mode") }),
        Speech => new JsonObject { ["text"] = job.Prompt, ["voice_id"] = job.Text("voiceId") }.Put("input_type", job.Text("inputType")).Put("speed", job.Number("speed"))
            .Put("language", job.Text("language")).Put("locale", job.Text("locale")),
        _ => throw new NotSupportedException($"HeyGen has no route {job.Path}."),
    };

    /// <summary>Somebody says the prompt, or what is on the sound file.</summary>
    private static JsonObject Speaking(VendorJob job, HeyGenAssets assets, JsonObject body)
    {
        if (job.Audio is not { } audio) body.Put("script", job.Prompt).Put("voice_id", job.Text("voiceId"));
        else body.Put("audio_url", audio.Link?.AbsoluteUri).Put("audio_asset_id", assets.IdOf(audio));
        body.Put("aspect_ratio", job.Text("aspectRatio")).Put("resolution", job.Text("resolution")).Put("expressiveness", job.Text("expressiveness")).Put("motion_prompt", job.Text("motionPrompt"));
        return Told(job, body);
    }

    private static JsonObject Engine(VendorJob job, string engine) => new JsonObject { ["type"] = engine }.Put("reference_look_id", job.Text("referenceLookId"));

    /// <summary>It has no callback: it is looked at alone.</summary>
    private static JsonObject Scene(VendorJob job, HeyGenAssets assets)
    {
        var references = new JsonArray([.. Files(job).Select(assets.Name)]);
        var body = new JsonObject { ["type"] = "cinematic_avatar", ["avatar_id"] = new JsonArray(Names(job, "avatarId", AvatarsMax)), ["prompt"] = job.Words() }
            .Put("aspect_ratio", job.Text("aspectRatio")).Put("resolution", job.Text("resolution")).Put("enhance_prompt", job.Flag("enhancePrompt")).Put("references", references.Count > 0 ? references : null);
        return job.Flag("autoDuration") == true ? body.Put("auto_duration", true) : body.Put("duration", job.Whole("duration"));
    }

    private static JsonObject Brief(VendorJob job, HeyGenAssets assets)
    {
        var files = new JsonArray([.. Files(job).Select(assets.Name)]);
        var words = job.Words();
        // The length has no field, and it is what is paid for.
        if (job.Number("duration") is { } seconds) words = string.Create(CultureInfo.InvariantCulture, $"{words.TrimEnd('.', ' ')}. Length: {seconds} seconds.");
        return Told(job, new JsonObject { ["prompt"] = words, ["mode"] = "generate" }.Put("avatar_id", job.Text("avatarId")).Put("voice_id", job.Text("voiceId")).Put("style_id", job.Text("styleId"))
            .Put("orientation", job.Text("orientation")).Put("files", files.Count > 0 ? files : null));
    }

    private static IEnumerable<MediaInput> Files(VendorJob job) => new[] { job.Image, job.Video, job.Audio }.OfType<MediaInput>();

    private static JsonObject Told(VendorJob job, JsonObject body) => job.Callback is { } callback ? body.Put("callback_url", callback.AbsoluteUri).Put("callback_id", job.Id.ToString()) : body;

    /// <summary>A param that is one name, or a list of them.</summary>
    private static JsonNode?[] Names(VendorJob job, string param, int most)
    {
        if (job.Text(param) is { } one) return [JsonValue.Create(one)];
        return job.Request.Params.TryGetValue(param, out var several) ? [.. several.Items().Select(name => name.Text()).OfType<string>().Take(most).Select(name => (JsonNode?)JsonValue.Create(name))] : [];
    }
}
