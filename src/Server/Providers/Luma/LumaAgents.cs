using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Luma;

/// <summary>The Agents API: one route for all, told apart by <c>type</c>. Addresses of what was made are good for an hour and new on each question.</summary>
internal static class LumaAgents
{
    public const string Host = "https://agents.lumalabs.ai", Latest = Generations + "?limit=1";
    private const string Generations = "/v1/generations";

    public static string Generation(string id) => $"{Generations}/{Uri.EscapeDataString(id)}";

    /// <summary>The catalogue's <c>operation</c> tells entries apart that share a model.</summary>
    public static JsonObject Body(VendorJob job)
    {
        var body = new JsonObject { ["model"] = job.UpstreamModel };
        body.Put("prompt", job.Words() is { Length: > 0 } words ? words : null);
        return job.Fact("operation") switch
        {
            "video_edit" => Typed(body, "video_edit").Put("source", Media(job.Video, always: true)).Put("video", Edit(job)),
            "video_reframe" => Typed(body, "video_reframe").Put("aspect_ratio", job.Text("aspectRatio") ?? "16:9").Put("source", Media(job.Video, always: true)),
            _ when job.Type == "text2image" => Typed(body, "image").Put("aspect_ratio", job.Text("aspectRatio")),
            // The shape follows the picture.
            _ when job.Type == "image2image" => Typed(body, "image_edit").Put("source", Media(job.Image)),
            _ => Typed(body, "video").Put("aspect_ratio", job.Text("aspectRatio")).Put("video", Video(job)),
        };
    }

    public static IEnumerable<VendorOutput> Outputs(VendorAnswer answer) => answer.At("output").Items().Select(made => VendorOutput.At(made.At("url").Text())).OfType<VendorOutput>();

    private static JsonObject Typed(JsonObject body, string type) => body.Put("type", type);

    private static JsonObject Video(VendorJob job) => new JsonObject().Put("resolution", job.Text("resolution")).Put("duration", job.Whole("duration") is { } seconds ? $"{seconds}s" : null)
        .Put("start_frame", Media(job.Image)).Put("end_frame", Media(job.More.GetValueOrDefault("lastFrame"))).Put("loop", job.Flag("loop")).Put("hdr", job.Flag("hdr"));

    /// <summary>How far it may go from the source, or as the model thinks right; never both.</summary>
    private static JsonObject Edit(VendorJob job) => new JsonObject().Put("resolution", job.Text("resolution"))
        .Put("edit", job.Text("strength") is { } strength ? new JsonObject { ["strength"] = strength } : new JsonObject { ["auto_controls"] = true });

    /// <param name="always">Of a video the kind is told with an address as well.</param>
    private static JsonObject? Media(MediaInput? media, bool always = false) => media switch
    {
        null => null,
        { Link: { } link } => new JsonObject { ["url"] = link.AbsoluteUri }.Put("media_type", always ? media.ContentType : null),
        _ => new JsonObject { ["data"] = media.Base64(), ["media_type"] = media.ContentType },
    };
}
