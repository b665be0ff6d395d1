using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Bfl;

/// <summary>What each model is told. The model is the path; families of models share their fields.</summary>
internal static class BflBody
{
    private const int SizeMin = 64, SidePixelsMax = 2048;
    private static readonly string[] Sides = ["top", "bottom", "left", "right"];

    public static JsonObject Of(VendorJob job) => job.UpstreamModel switch
    {
        "flux-3-video" => Video(job),
        "flux-pro-1.0-fill" => Common(job).Put("image", Picture(job.Image)).Put("mask", Picture(job.More.GetValueOrDefault("mask"))).Put("steps", job.Whole("steps")).Put("guidance", job.Number("guidance")),
        "flux-pro-1.0-expand" => Expand(job),
        "flux-pro-1.1" => Sized(job),
        "flux-pro-1.1-ultra" => Common(job).Put("aspect_ratio", job.Text("aspectRatio")).Put("raw", job.Flag("raw")).Put("image_prompt", Picture(job.Image))
            .Put("image_prompt_strength", job.Image is null ? null : job.Number("imagePromptStrength")),
        "flux-kontext-pro" or "flux-kontext-max" => Common(job).Put("aspect_ratio", job.Text("aspectRatio")).Put("input_image", Picture(job.Image)),
        _ => Sized(job).Put("input_image", Picture(job.Image)).Put("steps", job.Whole("steps")).Put("guidance", job.Number("guidance")),
    };

    private static JsonObject Common(VendorJob job) => new JsonObject().Put("prompt", job.Words() is { Length: > 0 } words ? words : null).Put("seed", job.Whole("seed"))
        .Put("safety_tolerance", job.Number("safetyTolerance") is { } tolerance ? (long)Math.Round(tolerance) : null).Put("output_format", job.Text("outputFormat"));

    private static JsonObject Sized(VendorJob job) => Common(job).Put("width", Side(job, "width")).Put("height", Side(job, "height"));

    /// <summary>Pixels in the steps that the model takes, never more than asked for.</summary>
    private static long? Side(VendorJob job, string name)
    {
        if (job.Whole(name) is not { } asked) return null;
        var step = job.Facts.TryGetValue("multipleOf", out var multiple) ? multiple.Whole() ?? 1 : 1;
        return Math.Max(SizeMin, asked / step * step);
    }

    private static JsonObject Expand(VendorJob job)
    {
        var body = Common(job).Put("image", Picture(job.Image));
        job.Request.Params.TryGetValue("pixels", out var pixels);
        foreach (var side in Sides) body.Put(side, pixels.At(side).Number(SidePixelsMax) is { } more ? (long)more : null);
        return body;
    }

    /// <summary>Pictures are frames of the video: one opens it, a second one ends it.</summary>
    private static JsonObject Video(VendorJob job)
    {
        JsonNode[] frames = [.. new[] { job.Image, job.More.GetValueOrDefault("lastFrame") }.OfType<MediaInput>().Select(frame => (JsonNode)Picture(frame)!)];
        return new JsonObject { ["mode"] = frames.Length > 0 ? "i2v" : "t2v", ["prompt"] = job.Words() }.Put("keyframes", frames.Length > 0 ? new JsonArray(frames) : null)
            .Put("duration", job.Whole("duration")).Put("resolution", job.Text("resolution")).Put("aspect_ratio", job.Text("aspectRatio")).Put("generate_audio", job.Flag("audio"));
    }

    private static string? Picture(MediaInput? image) => image is null ? null : image.Link?.AbsoluteUri ?? image.Base64();
}
