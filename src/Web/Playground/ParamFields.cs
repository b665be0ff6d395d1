using Rpd.Shared.Catalog;
using Rpd.Web.Ui;

namespace Rpd.Web.Playground;

/// <summary>The parameter fields of one model for one type: what it declares, and the common parameters that every model takes.</summary>
/// <param name="First">What most people change: ratio, length, resolution, style.</param>
/// <param name="More">The rest, folded away.</param>
public sealed record ParamFields(IReadOnlyList<ParamSpec> First, IReadOnlyList<ParamSpec> More)
{
    private static readonly string[] Leading = ["aspectRatio", "ratio", "size", "imageSize", "voice", "duration", "resolution", "targetResolution", "quality", "style", "scaleFactor", "audio"];

    /// <summary>Any of these already says how large or how wide the output is.</summary>
    private static readonly string[] Sizes = ["aspectRatio", "ratio", "size", "imageSize", "width", "targetResolution", "scaleFactor"];

    public ParamSpec? Find(string param) => First.Concat(More).FirstOrDefault(spec => spec.Name == param);

    public static ParamFields Of(ModelView model, string type)
    {
        var declared = ParamSpecs.Of(model.Params);
        var all = declared.Concat(Common(model, declared, type)).Concat(Inputs(model, type, declared)).ToList();
        var required = RequiredNames(model, type);
        return new(
            [.. all.Where(s => Leading.Contains(s.Name) || required.Contains(s.Name)).OrderBy(s => Array.IndexOf(Leading, s.Name) is var i and >= 0 ? i : 99)],
            [.. all.Where(s => !Leading.Contains(s.Name) && !required.Contains(s.Name))]);
    }

    /// <summary>Width, height, duration, ratio, style and seed are mapped to what the model has, so they are offered even undeclared, where they make sense.</summary>
    private static IEnumerable<ParamSpec> Common(ModelView model, IReadOnlyList<ParamSpec> declared, string type)
    {
        var kind = Shape.Kind(type);
        var fromWords = type is "text2image" or "text2video";
        if (fromWords && !declared.Any(s => Sizes.Contains(s.Name)))
        {
            yield return new("aspectRatio", ParamKind.Choice, ["1:1", "4:3", "3:4", "16:9", "9:16"]);
            yield return new("width", ParamKind.Number, [], 64, 4096, true, true);
            yield return new("height", ParamKind.Number, [], 64, 4096, true, true);
        }

        if (type is "text2video" or "image2video" && declared.All(s => s.Name != "duration"))
            yield return new("duration", ParamKind.Number, [], 1, 60, true, true);
        else if (model.BillingUnit == "second" && declared.All(s => s.Name != "duration") && !model.Params.ContainsKey("defaultDuration"))
            // As long as what it is given. The server knows that of files that it has.
            yield return new("duration", ParamKind.Number, [], 1, 3600, true);
        if (kind != "audio" && type != "upscale" && declared.All(s => s.Name != "style"))
            yield return new("style", ParamKind.Text, []);
        if (type != "upscale" && declared.All(s => s.Name != "seed"))
            yield return new("seed", ParamKind.Number, [], 0, uint.MaxValue, true, true);
    }

    private static IEnumerable<ParamSpec> Inputs(ModelView model, string type, IReadOnlyList<ParamSpec> declared) =>
        RequiredNames(model, type).Where(name => declared.All(s => s.Name != name))
            .Select(name => name == "strength" ? new ParamSpec(name, ParamKind.Number, [], 0, 1, true) : new ParamSpec(name, ParamKind.Text, []));

    private static List<string> RequiredNames(ModelView model, string type) =>
        [.. model.RequiredInputs.GetValueOrDefault(type, []).Where(name => !RequiredInput.Ways(name).Any())];
}

/// <summary>An input that has a field of its own instead of a parameter.</summary>
public static class RequiredInput
{
    private static readonly string[] Known = ["image", "video", "audio", "prompt", "text", "script", "upstreamVideoId", "upstreamGenerationId"];

    /// <summary>The inputs of which one will do: <c>image|video</c>. None: it is a parameter.</summary>
    public static IEnumerable<string> Ways(string name) => name.Split('|').Where(Known.Contains);

    /// <summary>Whether the model goes on from an earlier run, which has a field of its own then.</summary>
    public static bool NeedsParent(ModelView model, string type) => model.RequiredInputs.GetValueOrDefault(type, []).Any(name => name.StartsWith("upstream", StringComparison.Ordinal));
}
