using System.Globalization;
using Rpd.Shared.Catalog;
using Rpd.Web.Playground;

namespace Rpd.Web.Catalog;

/// <summary>A request for a model that is taken as it stands, once its addresses and names are real: what is needed is said, and what sets the price.</summary>
public static class SampleRequest
{
    private const string Picture = "https://example.com/picture.png";

    /// <param name="known">The params that the model has.</param>
    public static PlaygroundForm Of(ModelView model, string type, IEnumerable<ParamSpec> known)
    {
        var needs = InputSlot.Of(model, type).Where(slot => !slot.Optional).Select(slot => slot.Name).ToHashSet();
        return new()
        {
            Type = type,
            InputImageUrl = needs.Contains("inputImageUrl") ? Picture : null,
            InputVideoUrl = needs.Contains("inputVideoUrl") ? "https://example.com/video.mp4" : null,
            InputAudioUrl = needs.Contains("inputAudioUrl") ? "https://example.com/sound.mp3" : null,
            ParentId = RequiredInput.NeedsParent(model, type) ? "the-id-of-an-earlier-generation" : null,
            Params = known.Where(spec => Said(model, type, spec)).ToDictionary(spec => spec.Name, Value),
        };
    }

    private static bool Said(ModelView model, string type, ParamSpec spec) => ParamFields.Likely(model, type).Contains(spec.Name)
        || (spec is { Default: not null, Name: "aspectRatio" or "duration" or "resolution" }) || (spec.Name == "duration" && ParamFields.FollowsInput(model));

    private static string Value(ParamSpec spec) => spec switch
    {
        { Default: { } usual } => usual,
        { Choices: [var first, ..] } => first,
        { Name: "duration" } => "5",
        _ when ParamSpecs.Pictures.Contains(spec.Name) => Picture,
        { Kind: ParamKind.Number, Min: { } min, Max: { } max } => ((min + max) / 2).ToString("0.##", CultureInfo.InvariantCulture),
        _ => $"the-{ParamField.LabelOf(spec.Name).ToLowerInvariant().Replace(' ', '-')}",
    };
}
