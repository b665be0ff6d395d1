using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Runway;

/// <summary>What each route is told.</summary>
internal static class RunwayBody
{
    private const int KeyframesMax = 5;

    public static JsonObject Of(VendorJob job)
    {
        var body = new JsonObject { ["model"] = job.UpstreamModel };
        return job.Path switch
        {
            "/v1/text_to_video" => Prompted(job, body).Put("ratio", RunwayShape.OfText(job)).Put("duration", job.Whole("duration")).Put("seed", job.Whole("seed")),
            "/v1/image_to_video" => Prompted(job, body).Put("promptImage", job.Image?.Address()).Put("ratio", RunwayShape.OfVideo(job)).Put("duration", job.Whole("duration")).Put("seed", job.Whole("seed")),
            "/v1/video_to_video" => Prompted(job, body).Put("videoUri", job.Video?.Address()).Put("targetAspectRatio", job.Text("targetAspectRatio")).Put("keyframes", Keyframes(job)).Put("seed", job.Whole("seed")),
            "/v1/character_performance" => body.Put("character", Media("image", job.Image)).Put("reference", Media("video", job.Video)).Put("ratio", job.Text("ratio"))
                .Put("bodyControl", job.Flag("bodyControl")).Put("expressionIntensity", Level(job, "expressionIntensity")).Put("seed", job.Whole("seed")),
            "/v1/text_to_image" => Prompted(job, body).Put("ratio", RunwayShape.OfStill(job)).Put("referenceImages", References(job)).Put("seed", job.Whole("seed")),
            "/v1/image_upscale" => Enhanced(job, body).Put("imageUri", job.Image?.Address()).Put("scaleFactor", job.Whole("scaleFactor")).Put("ultraDetail", Level(job, "ultraDetail")),
            "/v1/video_upscale" => Enhanced(job, body).Put("videoUri", job.Video?.Address()).Put("resolution", job.Text("resolution")).Put("creativity", Level(job, "creativity")).Put("fpsBoost", job.Flag("fpsBoost")),
            _ => throw new NotSupportedException($"Runway has no route {job.Path}."),
        };
    }

    private static JsonObject Prompted(VendorJob job, JsonObject body) => body.Put("promptText", job.Words() is { Length: > 0 } words ? words : null);

    private static JsonObject Enhanced(VendorJob job, JsonObject body) => body.Put("flavor", job.Text("flavor")).Put("sharpen", Level(job, "sharpen")).Put("smartGrain", Level(job, "smartGrain"));

    private static JsonObject? Media(string type, MediaInput? media) => media is null ? null : new() { ["type"] = type, ["uri"] = media.Address() };

    /// <summary>A prompt can name the picture as <c>@picture</c>.</summary>
    private static JsonArray? References(VendorJob job) => job.Image is { } image ? [new JsonObject { ["uri"] = image.Address(), ["tag"] = "picture" }] : null;

    /// <summary>Pictures that stand for moments of the video: <c>[{"seconds": 1.5, "uri": "https://…"}]</c>, or <c>at</c> with a share of its length. Runway fetches them.</summary>
    private static JsonArray? Keyframes(VendorJob job)
    {
        var frames = new JsonArray();
        if (job.Request.Params.TryGetValue("keyframes", out var given))
        {
            foreach (var frame in given.Items().Take(KeyframesMax))
            {
                if (!Uri.TryCreate(frame.At("uri").Text(), UriKind.Absolute, out var address) || address.Scheme != "https") continue;
                var moment = new JsonObject { ["uri"] = address.AbsoluteUri }.Put("seconds", frame.At("seconds").Number(3600));
                frames.Add(moment.ContainsKey("seconds") ? moment : moment.Put("at", frame.At("at").Number(1) ?? 0));
            }
        }
        return frames.Count > 0 ? frames : null;
    }

    /// <summary>Strengths are whole numbers there.</summary>
    private static long? Level(VendorJob job, string name) => job.Number(name) is { } number ? (long)Math.Round(number) : null;
}
