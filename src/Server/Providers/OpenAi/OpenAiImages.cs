using System.Globalization;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.OpenAi;

/// <summary><c>/v1/images/generations</c> takes JSON, <c>/v1/images/edits</c> a form with the pictures; both answer with base64.</summary>
internal static class OpenAiImages
{
    public const int AtOnce = 10;

    public static VendorCall Submit(VendorJob job)
    {
        if (job.Image is not { } image) return VendorCall.Create(job.Path, Json(job));
        var form = new List<VendorPart> { VendorPart.Of("image[]", image) };
        if (job.More.GetValueOrDefault("mask") is { } mask) form.Add(VendorPart.Of("mask", mask));
        foreach (var (name, value) in Members(job)) form.Add(VendorPart.Of(name, value));
        form.Add(VendorPart.Of("n", job.Count.ToString(CultureInfo.InvariantCulture)));
        return VendorCall.Create(job.Path, form);
    }

    public static VendorReply Submitted(VendorAnswer answer)
    {
        var outputs = answer.At("data").Items().Select(item => item.At("b64_json").Text()).OfType<string>().Select(VendorOutput.Of).ToArray();
        return outputs.Length > 0 ? new VendorReply.Made(outputs) : new VendorReply.Unknown("OpenAI answered without a picture.");
    }

    private static JsonObject Json(VendorJob job)
    {
        var body = new JsonObject();
        foreach (var (name, value) in Members(job)) body[name] = value;
        body["n"] = job.Count;
        return body;
    }

    private static IEnumerable<(string Name, string Value)> Members(VendorJob job)
    {
        yield return ("model", job.UpstreamModel);
        yield return ("prompt", job.Words());
        // Left to itself it may choose the dearest.
        if ((job.Text("quality") ?? job.Fact("defaultQuality")) is { } quality) yield return ("quality", quality);
        if (Size(job) is { } size) yield return ("size", size);
        if (job.Text("outputFormat") is { } format) yield return ("output_format", format);
        if (job.Text("background") is { } background) yield return ("background", background);
    }

    /// <summary>Edges in multiples of 16, about a megapixel and a half.</summary>
    private static string? Size(VendorJob job) => job.Text("size") ?? job.Text("aspectRatio") switch
    {
        "1:1" => "1024x1024",
        "3:2" => "1536x1024",
        "2:3" => "1024x1536",
        "16:9" => "1536x864",
        "9:16" => "864x1536",
        _ => null,
    };
}
