using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;
using Rpd.Web.Playground;
using Rpd.Web.Ui;

namespace Rpd.Web.Library;

/// <summary>Something to do with a result that begins in the playground.</summary>
public sealed record ResultAction(string Label, string Icon, string Address);

/// <summary>What can be made of a result: by what it is, and by what the models that work here take.</summary>
public static class ResultActions
{
    private static readonly (string Label, string Icon, string Type)[] Further =
    [
        ("Upscale", "expand", "upscale"), ("Extend", "arrows-left-right", "extend"), ("Animate", "film", "image2video"), ("Restyle", "paintbrush", "image2image"),
        ("Restyle", "paintbrush", "video2video"), ("Add an effect", "wand-magic-sparkles", "effect"), ("Let it speak", "microphone", "avatar"),
    ];

    /// <param name="output">Which of its outputs, from 0.</param>
    public static IReadOnlyList<ResultAction> Of(GenerationView run, IReadOnlyList<ModelView> models, int output = 0)
    {
        if (!GenerationStatus.Ended(run.Status)) return [];
        var again = new ResultAction("Run again", "arrow-rotate-right", $"/playground?from={run.Id}");
        if (run.Status != GenerationStatus.Completed || output >= run.Outputs.Count) return [again];
        var kind = run.Outputs[output].ContentType.Split('/')[0];
        return
        [
            again, new("Vary", "shuffle", $"/playground?vary={run.Id}"), .. Further.Where(one => !(one.Type == "avatar" && kind != "image")).Select(one => Link(one.Label, one.Icon, one.Type)).OfType<ResultAction>(),
            .. run.Type is "text2image" or "text2video" or "audio" ? [new ResultAction("Compare models", "scale-balanced", Address.Of("/compare", ("type", run.Type), ("models", run.Model), ("prompt", Address.Carried(run.Prompt))))] : Array.Empty<ResultAction>(),
            .. kind == "image" || kind == "video" || Takes(models, "avatar", kind) is not null ? [new ResultAction("Use as input", "arrow-right", Playground(null, null))] : Array.Empty<ResultAction>(),
        ];

        ResultAction? Link(string label, string icon, string type) => Takes(models, type, kind) is { } model ? new(label, icon, Playground(type, model)) : null;

        string Playground(string? type, ModelView? model) => Address.Of(
            "/playground", ("type", type), ("provider", model?.Provider), ("model", model?.Id), ("parentId", run.Id.ToString()), ("output", output > 0 ? Words.Number(output) : null));
    }

    /// <summary>The first model that works here and starts from such a file.</summary>
    public static ModelView? Takes(IEnumerable<ModelView> models, string type, string kind) =>
        models.FirstOrDefault(model => model.Available && model.SupportedTypes.Contains(type) && InputSlot.Of(model, type).Any(slot => slot.Takes(kind)));
}
