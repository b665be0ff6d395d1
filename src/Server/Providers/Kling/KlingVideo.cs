using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Kling;

/// <summary>The new routes: <c>POST /{what}/{model}</c> with prompt or contents, settings and options; <c>GET /tasks</c> tells what became of it.</summary>
internal static class KlingVideo
{
    private const string TextToVideo = "/text-to-video/", ImageToVideo = "/image-to-video/", Omni = "/omni-video/", Motion = "/motion-control/";

    public static bool Knows(string path) => path.StartsWith(TextToVideo, StringComparison.Ordinal) || path.StartsWith(ImageToVideo, StringComparison.Ordinal)
        || path.StartsWith(Omni, StringComparison.Ordinal) || path.StartsWith(Motion, StringComparison.Ordinal);

    public static VendorCall Submit(VendorJob job)
    {
        var body = new JsonObject();
        if (job.Path.StartsWith(TextToVideo, StringComparison.Ordinal)) body["prompt"] = job.Words();
        else body["contents"] = Contents(job);
        body["settings"] = Settings(job);
        body["options"] = new JsonObject { ["external_task_id"] = job.Id.ToString(), ["watermark_info"] = new JsonObject { ["enabled"] = false } }
            .Put("callback_url", job.Callback?.AbsoluteUri);
        return VendorCall.Create(job.Path, body);
    }

    public static VendorReply Submitted(VendorAnswer answer) => answer.At("data", "id").Text() is { } id
        ? new VendorReply.Taken(id, KlingVendor.Poll) : new VendorReply.Unknown("Kling accepted the task and did not say its id.");

    public static VendorReply Asked(string id, VendorAnswer answer)
    {
        var task = answer.At("data").Items().FirstOrDefault(one => one.At("id").Text() == id);
        return task.At("status").Text() switch
        {
            "succeeded" => Made(task),
            "failed" => KlingFailures.Of(task.At("message").Text()),
            _ => new VendorReply.Working(KlingVendor.Poll),
        };
    }

    private static VendorReply Made(JsonElement task)
    {
        var outputs = task.At("outputs").Items()
            .Select(output => VendorOutput.At(output.At("url").Text() ?? output.At("mp3_url").Text()) is { } made ? made with { UpstreamId = output.At("id").Text() } : null).OfType<VendorOutput>().ToArray();
        return outputs.Length > 0 ? new VendorReply.Made(outputs) : new VendorReply.Unknown("Kling finished the task and named no output.");
    }

    private static JsonArray Contents(VendorJob job)
    {
        var contents = new JsonArray();
        if (job.Prompt.Length > 0) contents.Add(new JsonObject { ["type"] = "prompt", ["text"] = job.Words() });
        var motion = job.Path.StartsWith(Motion, StringComparison.Ordinal);
        Add(motion ? "image" : job.Type == "video2video" ? "refer_image" : "first_frame", job.Image);
        Add("last_frame", job.More.GetValueOrDefault("lastFrame"));
        Add(motion ? "video" : "base_video", job.Video);
        return contents;

        void Add(string type, MediaInput? media)
        {
            if (media is not null) contents.Add(new JsonObject { ["type"] = type, ["url"] = media.Link?.AbsoluteUri ?? media.Base64() });
        }
    }

    private static JsonObject Settings(VendorJob job)
    {
        var settings = new JsonObject();
        settings.Put("resolution", job.Text("resolution"));
        if (job.Path.StartsWith(Motion, StringComparison.Ordinal)) return settings.Put("character_orientation", job.Text("characterOrientation") ?? "image").Put("audio", job.Text("audio"));
        // With a picture the shape follows it.
        if (job.Image is null && job.Video is null) settings.Put("aspect_ratio", job.Text("aspectRatio"));
        return settings.Put("duration", job.Video is null ? job.Whole("duration") : null).Put("audio", job.Text("audio")).Put("multi_shot", job.Flag("multiShot"));
    }
}
