using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Replicate;

/// <summary>
/// The input of a model. Their names are our params' names with underscores; the catalogue's models get no more than the fields that they have, those that an
/// operator adds get all that was asked for.
/// </summary>
internal static class ReplicateInput
{
    private const int OutputsMax = 4;

    /// <summary>What the models of the catalogue take, of what we have to say.</summary>
    private static readonly Dictionary<string, HashSet<string>> Fields = new()
    {
        ["black-forest-labs/flux-schnell"] = ["prompt", "aspect_ratio", "num_outputs", "output_format", "seed"],
        ["recraft-ai/recraft-v3"] = ["prompt", "size"],
        ["nightmareai/real-esrgan"] = ["image", "scale", "face_enhance"],
        ["philz1337x/clarity-upscaler"] = ["prompt", "negative_prompt", "image", "scale_factor", "creativity", "seed"],
    };

    public static int OutputsAtOnce(string model) => Of(model)?.Contains("num_outputs") == true ? OutputsMax : 1;

    public static JsonObject Of(VendorJob job)
    {
        var fields = Of(job.UpstreamModel);
        var body = new JsonObject();
        foreach (var (name, value) in All(job, fields).Where(one => one.Value is not null && (fields is null || fields.Contains(one.Name)))) body[name] = value;
        return body;
    }

    private static IEnumerable<(string Name, JsonNode? Value)> All(VendorJob job, HashSet<string>? fields)
    {
        var negative = fields?.Contains("negative_prompt") ?? job.Facts.ContainsKey("negativePrompt");
        var style = fields is null && job.Facts.ContainsKey("styles");
        yield return ("prompt", job.Words(style: !style, negative: !negative) is { Length: > 0 } words ? words : null);
        if (negative) yield return ("negative_prompt", job.Request.NegativePrompt);
        yield return ("image", job.Image?.Address());
        yield return ("video", job.Video?.Address());
        yield return ("audio", job.Audio?.Address());
        foreach (var (name, media) in job.More) yield return (Named(name), media.Address());
        if (job.Count > 1) yield return ("num_outputs", job.Count);
        foreach (var (name, value) in job.Request.Params.Where(param => !job.More.ContainsKey(param.Key) && (style || param.Key != "style")))
            yield return (Named(name), JsonSerializer.SerializeToNode(value));
    }

    private static HashSet<string>? Of(string model) => Fields.GetValueOrDefault(model.Split(':')[0]);

    private static string Named(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
