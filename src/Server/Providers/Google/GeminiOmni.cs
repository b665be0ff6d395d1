using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Google;

/// <summary>
/// Omni: <c>POST …/interactions</c> with <c>background</c> answers at once, and its id tells later how it stands. A clip to edit goes through the Files API
/// first; in the cloud, which has none, it goes along in the request and what is made comes back in the answer.
/// </summary>
internal static class GeminiOmni
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    public static VendorCall Submit(VendorJob job) => job.Video is { } video && !InCloud(job) ? GeminiFiles.Begin(video) : Create(job, job.Video is { } own ? Inline("video", own) : null);

    public static VendorReply Submitted(VendorJob job, VendorAnswer answer) => job.Video is { } video && !InCloud(job)
        ? GeminiFiles.Begun(job.Access, video, answer, uri => new VendorReply.Next(Create(job, new() { ["type"] = "video", ["uri"] = uri, ["mime_type"] = video.ContentType }), Taken))
        : Taken(answer);

    public static VendorCall Ask(VendorJob job, string id) => VendorCall.Get($"{Address(job)}/{Uri.EscapeDataString(id)}");

    public static VendorCall Cancel(VendorJob job, string id) => VendorCall.Post($"{Address(job)}/{Uri.EscapeDataString(id)}/cancel");

    public static VendorReply Asked(VendorJob job, VendorAnswer answer) => answer.At("status").Text() switch
    {
        // Without a video it has said in words why not.
        "completed" => Made(job, answer) ?? VendorReply.Refused(Said(answer) ?? "Google made no video of it."),
        "failed" or "incomplete" or "budget_exceeded" or "requires_action" or "cancelled" => answer.At("error").ValueKind == JsonValueKind.Object
            ? GoogleFaults.Of(answer.At("error")) : new VendorReply.Failed(ProviderFault.Internal, $"The interaction is {answer.At("status").Text()}."),
        _ => new VendorReply.Working(Poll),
    };

    private static VendorReply Taken(VendorAnswer answer) => answer.At("id").Text() is { } id
        ? new VendorReply.Taken(id, Poll) : new VendorReply.Unknown("Google accepted the interaction and did not say its id.");

    private static VendorCall Create(VendorJob job, JsonObject? video)
    {
        var input = new JsonArray();
        if (video is not null) input.Add(video);
        if (job.Image is { } image) input.Add(Inline("image", image));
        var format = new JsonObject { ["type"] = "video" }.Put("delivery", InCloud(job) ? null : "uri").Put("resolution", job.Text("resolution") ?? job.Fact("defaultResolution"));
        // What is edited keeps its shape and its length.
        if (video is null) format.Put("aspect_ratio", job.Text("aspectRatio")).Put("duration", job.Whole("duration") is { } seconds ? seconds.ToString(CultureInfo.InvariantCulture) + "s" : null);
        JsonNode said = input.Count == 0 ? job.Words() : Said(input, job.Words());
        return VendorCall.Create(Address(job), new JsonObject
        {
            ["model"] = job.UpstreamModel,
            ["background"] = true,
            ["input"] = said,
            ["response_format"] = format,
            ["generation_config"] = new JsonObject { ["video_config"] = new JsonObject { ["task"] = Task(job) } },
        });
    }

    private static string Task(VendorJob job) => job.Text("task") ?? job.Type switch { "video2video" => "edit", "image2video" => "image_to_video", _ => "text_to_video" };

    private static JsonArray Said(JsonArray input, string words)
    {
        input.Add(new JsonObject { ["type"] = "text", ["text"] = words });
        return input;
    }

    private static JsonObject Inline(string type, MediaInput media) => new() { ["type"] = type, ["data"] = media.Base64(), ["mime_type"] = media.ContentType };

    private static VendorReply.Made? Made(VendorJob job, VendorAnswer answer)
    {
        var outputs = Content(answer).Where(item => item.At("type").Text() == "video").Select(item => Output(job, item)).OfType<VendorOutput>().ToArray();
        return outputs.Length > 0 ? new(outputs) : null;
    }

    private static VendorOutput? Output(VendorJob job, JsonElement item)
    {
        if (item.At("data").Text() is { } bytes) return VendorOutput.Of(bytes);
        var address = item.At("uri").Text();
        if (GoogleAddresses.InBucket(job.Access, address) is { } stored) return VendorOutput.By(stored);
        if (VendorOutput.At(address) is not { } output || !GoogleAddresses.TakesKey(job.Access, output.Link!)) return VendorOutput.At(address);
        return VendorOutput.By(VendorCall.Get(output.Link!.Query.Contains("alt=media", StringComparison.Ordinal) ? address! : $"{address}{(output.Link.Query.Length > 0 ? '&' : '?')}alt=media"));
    }

    private static string? Said(VendorAnswer answer) =>
        string.Join(" ", Content(answer).Select(item => item.At("text").Text()).OfType<string>()) is { Length: > 0 } text ? text : null;

    private static IEnumerable<JsonElement> Content(VendorAnswer answer) =>
        answer.At("steps").Items().Where(step => step.At("type").Text() == "model_output").SelectMany(step => step.At("content").Items());

    private static bool InCloud(VendorJob job) => job.Path.Contains("{p}", StringComparison.Ordinal);

    private static string Address(VendorJob job) => InCloud(job) ? GoogleAddresses.InCloud(job.Access, job.Path) : job.Path;
}
