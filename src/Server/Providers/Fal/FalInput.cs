using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Fal;

/// <summary>
/// The input of an endpoint. Nearly all of them call the same things by the same names, which are our params' names with underscores; what an endpoint does
/// not know it refuses, so the known ones get no more than their fields. Endpoints that an operator adds get all that was asked for.
/// </summary>
internal static class FalInput
{
    private const int ImagesMax = 4;

    public static int OutputsAtOnce(string endpoint) => Fields.TryGetValue(endpoint, out var fields) && fields.Contains("num_images") ? ImagesMax : 1;

    public static JsonObject Of(string endpoint, VendorJob job)
    {
        var fields = Fields.GetValueOrDefault(endpoint);
        var body = new JsonObject();
        foreach (var (name, value) in All(endpoint, job, fields).Where(one => one.Value is not null && (fields is null || fields.Contains(one.Name)))) body[name] = value;
        return body;
    }

    private static IEnumerable<(string Name, JsonNode? Value)> All(string endpoint, VendorJob job, HashSet<string>? fields)
    {
        var negative = fields?.Contains("negative_prompt") ?? job.Facts.ContainsKey("negativePrompt");
        var preset = Preset(job);
        yield return ("prompt", job.Words(style: preset is null, negative: !negative) is { Length: > 0 } words ? words : null);
        yield return ("style", preset);
        if (negative) yield return ("negative_prompt", job.Request.NegativePrompt);
        yield return ("image_url", job.Image?.Address());
        yield return ("video_url", job.Video?.Address());
        yield return ("audio_url", job.Audio?.Address());
        yield return ("end_image_url", job.More.GetValueOrDefault("lastFrame")?.Address());
        yield return ("mask_url", job.More.GetValueOrDefault("mask")?.Address());
        if (job.Count > 1) yield return ("num_images", job.Count);
        foreach (var (name, value) in job.Request.Params.Where(param => param.Key != "style" && !job.More.ContainsKey(param.Key)))
        {
            yield return name switch
            {
                "duration" when InText.Contains(endpoint) => ("duration", job.Whole("duration")?.ToString(CultureInfo.InvariantCulture)),
                "aspectRatio" when fields?.Contains("image_size") == true => ("image_size", job.Text("imageSize") ?? Size(job.Text("aspectRatio"))),
                "steps" when endpoint == "fal-ai/mmaudio-v2" => ("num_steps", job.Whole("steps")),
                "mode" when endpoint == "fal-ai/seedvr/upscale/video" => ("upscale_mode", job.Text("mode")),
                _ => (JsonNamingPolicy.SnakeCaseLower.ConvertName(name), JsonSerializer.SerializeToNode(value)),
            };
        }
        // Its own choice would be a factor, which leaves the resolution aside.
        if (endpoint == "fal-ai/seedvr/upscale/video" && job.Text("mode") is null && job.Text("targetResolution") is not null) yield return ("upscale_mode", "target");
    }

    /// <summary>A style that the model knows by name; any other is said in words.</summary>
    private static string? Preset(VendorJob job) =>
        job.Text("style") is { } style && job.Facts.TryGetValue("styles", out var known) && known.Items().Any(one => one.Text() == style) ? style : null;

    private static string? Size(string? ratio) => ratio switch
    {
        "1:1" => "square_hd",
        "3:4" => "portrait_4_3",
        "9:16" => "portrait_16_9",
        "4:3" => "landscape_4_3",
        "16:9" => "landscape_16_9",
        _ => null,
    };

    /// <summary>Endpoints that take a number of seconds as text.</summary>
    private static readonly HashSet<string> InText =
    [
        "bytedance/seedance-2.0/text-to-video", "bytedance/seedance-2.0/image-to-video", "bytedance/seedance-2.0/fast/text-to-video", "bytedance/seedance-2.0/fast/image-to-video",
        "fal-ai/pixverse/v5.5/effects",
    ];

    /// <summary>What the endpoints of the catalogue take, of what we have to say.</summary>
    private static readonly Dictionary<string, HashSet<string>> Fields = new Dictionary<string, string>
    {
        ["fal-ai/ltx-2.3/text-to-video"] = "prompt aspect_ratio duration resolution fps generate_audio",
        ["fal-ai/ltx-2.3/image-to-video"] = "prompt image_url end_image_url aspect_ratio duration resolution fps generate_audio",
        ["fal-ai/ltx-2.3/text-to-video/fast"] = "prompt aspect_ratio duration resolution fps generate_audio",
        ["fal-ai/ltx-2.3/image-to-video/fast"] = "prompt image_url end_image_url aspect_ratio duration resolution fps generate_audio",
        ["fal-ai/ltx-2.3/extend-video"] = "prompt video_url mode duration",
        ["fal-ai/wan/v2.7/text-to-video"] = "prompt negative_prompt aspect_ratio duration resolution seed",
        ["fal-ai/wan/v2.7/image-to-video"] = "prompt negative_prompt image_url end_image_url duration resolution seed",
        ["fal-ai/wan/v2.7/edit-video"] = "prompt video_url duration resolution audio_setting seed",
        ["fal-ai/wan/v2.2-14b/animate/move"] = "image_url video_url resolution seed",
        ["bytedance/seedance-2.0/text-to-video"] = "prompt aspect_ratio duration resolution generate_audio",
        ["bytedance/seedance-2.0/image-to-video"] = "prompt image_url end_image_url aspect_ratio duration resolution generate_audio",
        ["bytedance/seedance-2.0/fast/text-to-video"] = "prompt aspect_ratio duration resolution generate_audio",
        ["bytedance/seedance-2.0/fast/image-to-video"] = "prompt image_url end_image_url aspect_ratio duration resolution generate_audio",
        ["fal-ai/minimax/hailuo-2.3/pro/text-to-video"] = "prompt prompt_optimizer",
        ["fal-ai/minimax/hailuo-2.3/pro/image-to-video"] = "prompt image_url prompt_optimizer",
        ["fal-ai/bytedance/omnihuman/v1.5"] = "prompt image_url audio_url resolution turbo_mode",
        ["fal-ai/bytedance/dreamactor/v2"] = "image_url video_url trim_first_second",
        ["fal-ai/live-portrait"] = "image_url video_url",
        ["fal-ai/pixverse/v5.5/effects"] = "image_url effect duration negative_prompt resolution",
        ["fal-ai/pixverse/v6/extend"] = "prompt negative_prompt video_url duration resolution style seed",
        ["fal-ai/sync-lipsync/v3"] = "video_url audio_url sync_mode",
        ["fal-ai/mmaudio-v2"] = "prompt negative_prompt video_url duration num_steps seed",
        ["fal-ai/topaz/upscale/video"] = "video_url upscale_factor model target_fps",
        ["fal-ai/seedvr/upscale/video"] = "video_url target_resolution upscale_mode seed",
        ["fal-ai/clarity-upscaler"] = "prompt negative_prompt image_url upscale_factor creativity seed",
        ["fal-ai/esrgan"] = "image_url scale face",
        ["fal-ai/qwen-image"] = "prompt negative_prompt image_size num_images seed",
        ["fal-ai/z-image/turbo"] = "prompt image_size num_images seed",
        ["fal-ai/recraft/v4.1/text-to-image"] = "prompt image_size",
        ["fal-ai/ideogram/v3"] = "prompt negative_prompt image_size num_images rendering_speed seed",
        ["bytedance/seedream/v5/pro/text-to-image"] = "prompt image_size num_images",
    }.ToDictionary(one => one.Key, one => one.Value.Split(' ').ToHashSet());
}
