using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Luma;

/// <summary>The Dream Machine API: video and stills have routes of their own, and any generation is asked about at one.</summary>
internal static class LumaDream
{
    public const string Root = "/dream-machine/v1/", Credits = Root + "credits";
    private const string Host = "https://api.lumalabs.ai", Stills = Root + "generations/image";

    public static bool Makes(string upstreamModel) => upstreamModel is "ray-2" or "ray-flash-2" or "photon-1" or "photon-flash-1";

    public static string Address(VendorAccess access, string path) => access.BaseUrl is null ? Host + path : path;

    public static string Generation(string id) => $"{Root}generations/{Uri.EscapeDataString(id)}";

    public static JsonObject Body(VendorJob job)
    {
        var body = new JsonObject { ["model"] = job.UpstreamModel }.Put("prompt", job.Words() is { Length: > 0 } words ? words : null).Put("callback_url", job.Callback?.AbsoluteUri);
        body.Put("aspect_ratio", job.Text("aspectRatio"));
        if (job.Path == Stills) return body.Put("modify_image_ref", job.Image is { } image ? new JsonObject { ["url"] = image.Address() } : null);
        return body.Put("resolution", job.Text("resolution")).Put("duration", job.Whole("duration") is { } seconds ? $"{seconds}s" : null).Put("loop", job.Flag("loop"))
            .Put("keyframes", Keyframes(job)).Put("concepts", Concepts(job));
    }

    public static IEnumerable<VendorOutput> Outputs(VendorAnswer answer) =>
        new[] { "video", "image" }.Select(kind => VendorOutput.At(answer.At("assets", kind).Text())).OfType<VendorOutput>().Take(1);

    /// <summary>Going on from an earlier clip means that it is the first frame.</summary>
    private static JsonObject? Keyframes(VendorJob job)
    {
        var frames = new JsonObject();
        if (job.Type == "extend") frames["frame0"] = new JsonObject { ["type"] = "generation", ["id"] = job.Parent?.Run };
        else frames.Put("frame0", Picture(job.Image));
        frames.Put("frame1", Picture(job.More.GetValueOrDefault("lastFrame")));
        return frames.Count > 0 ? frames : null;
    }

    private static JsonObject? Picture(MediaInput? image) => image is null ? null : new() { ["type"] = "image", ["url"] = image.Address() };

    /// <summary>Names of movements and the like: <c>["dolly_zoom"]</c>.</summary>
    private static JsonArray? Concepts(VendorJob job)
    {
        if (!job.Request.Params.TryGetValue("concepts", out var given)) return null;
        JsonNode[] concepts = [.. given.Items().Select(one => one.Text() ?? one.At("key").Text()).OfType<string>().Select(key => new JsonObject { ["key"] = key })];
        return concepts.Length > 0 ? new JsonArray(concepts) : null;
    }
}
