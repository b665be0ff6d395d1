using Rpd.Server.Catalog;

namespace Rpd.Server.Generations.Inputs;

/// <summary>Image, video or audio: which field brings it, and what people call it.</summary>
public sealed record InputKind(string Name, string Field, string Words)
{
    public static readonly InputKind Image = new("image", "inputImageUrl", "an image"), Video = new("video", "inputVideoUrl", "a video"), Audio = new("audio", "inputAudioUrl", "a sound file");

    public static readonly IReadOnlyList<InputKind> All = [Image, Video, Audio];

    /// <summary>A picture that one of the params names.</summary>
    public static InputKind Param(string name) => new("image", "params." + name, "an image");

    public bool Fits(string contentType) => contentType.StartsWith(Name + "/", StringComparison.Ordinal);

    /// <summary>The files that a model must have for this type: for each one of them, the kinds that will do.</summary>
    public static IEnumerable<IReadOnlyList<InputKind>> Required(CatalogEntry entry, string type) =>
        (entry.RequiredInputs.GetValueOrDefault(type) ?? []).Select(input => input.Split('|'))
            .Where(ways => Array.TrueForAll(ways, way => All.Any(kind => kind.Name == way))).Select(ways => All.Where(kind => ways.Contains(kind.Name)).ToArray());

    /// <summary>Whether the model goes on from an earlier output, whatever kind that is.</summary>
    public static bool ContinuesParent(CatalogEntry entry, string type) =>
        (entry.RequiredInputs.GetValueOrDefault(type) ?? []).Any(input => InputFields.Of(input) == "parentId");
}
