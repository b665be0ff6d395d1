using Rpd.Shared.Catalog;
using Rpd.Web.Ui;

namespace Rpd.Web.Playground;

/// <summary>The parameter fields of one model for one type: what it declares, and the common parameters that every model takes.</summary>
/// <param name="First">What most people change: ratio, length, resolution, style.</param>
/// <param name="More">The rest, folded away.</param>
public sealed record ParamFields(IReadOnlyList<ParamSpec> First, IReadOnlyList<ParamSpec> More)
{
    private static readonly string[] Leading = ["aspectRatio", "ratio", "size", "imageSize", "avatarId", "voice", "voiceId", "duration", "resolution", "targetResolution", "quality", "style", "scaleFactor", "audio"];

    /// <summary>Any of these already says how large or how wide the output is.</summary>
    private static readonly string[] Sizes = ["aspectRatio", "ratio", "size", "imageSize", "width", "targetResolution", "scaleFactor"];

    public ParamSpec? Find(string param) => First.Concat(More).FirstOrDefault(spec => spec.Name == param);

    private static readonly ParamSpec Length = new("duration", ParamKind.Number, [], 1, 3600, true);

    /// <summary>Sold by the second, and as long as what it is given: the server knows how long that is of files that it has.</summary>
    public static bool FollowsInput(ModelView model) =>
        model.BillingUnit == "second" && !model.Params.ContainsKey("defaultDuration") && ParamSpecs.Of(model.Params).All(spec => spec.Name != "duration");

    /// <summary>What a request has to say or may have to, although the model's own params do not mention it: a voice, the length of somebody else's file.</summary>
    public static IReadOnlyList<ParamSpec> Undeclared(ModelView model, string type) =>
        [.. Inputs(model, type, ParamSpecs.Of(model.Params)), .. FollowsInput(model) ? [Length] : Array.Empty<ParamSpec>()];

    public static ParamFields Of(ModelView model, string type)
    {
        var declared = ParamSpecs.Of(model.Params);
        var all = declared.Concat(Common(model, declared, type)).Concat(Inputs(model, type, declared)).ToList();
        var required = Likely(model, type);
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
        else if (FollowsInput(model))
            yield return Length;
        if (kind != "audio" && type != "upscale" && declared.All(s => s.Name != "style"))
            yield return new("style", ParamKind.Text, []);
        if (type != "upscale" && declared.All(s => s.Name != "seed"))
            yield return new("seed", ParamKind.Number, [], 0, uint.MaxValue, true, true);
    }

    private static IEnumerable<ParamSpec> Inputs(ModelView model, string type, IReadOnlyList<ParamSpec> declared) =>
        Required(model, type).Where(name => declared.All(s => s.Name != name))
            .Select(name => name == "strength" ? new ParamSpec(name, ParamKind.Number, [], 0, 1, true) : new ParamSpec(name, ParamKind.Text, []));

    /// <summary>The params that most requests of this type have: what is needed, and what is needed where nothing stands in for it (a voice, without a recording).</summary>
    public static IReadOnlyList<string> Likely(ModelView model, string type) =>
        [.. model.RequiredInputs.GetValueOrDefault(type, []).Select(name => name.Split('|')[0]).Where(name => !RequiredInput.Ways(name).Any())];

    /// <summary>The params that a request of this type cannot do without.</summary>
    public static IReadOnlyList<string> Required(ModelView model, string type) =>
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
