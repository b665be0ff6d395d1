using Rpd.Shared.Catalog;
using Rpd.Web.Playground;
using Rpd.Web.Ui;

namespace Rpd.Web.Compare;

/// <summary>The files that a comparison gives to all its models: a place for each kind that one of them takes, whichever are ticked.</summary>
public static class SharedInputs
{
    public static IReadOnlyList<InputSlot> Of(string type, IReadOnlyList<ModelView> models)
    {
        var slots = models.SelectMany(model => InputSlot.Of(model, type)).ToList();
        return [.. slots.SelectMany(slot => slot.Fields).DistinctBy(field => field.Value).Select(field => new InputSlot(
            new Dictionary<string, string> { [field.Key] = field.Value }, Words.Sentence(InputSlot.WordOf(field.Key)),
            Optional: !slots.Exists(slot => slot is { Optional: false, Fields.Count: 1 } && slot.Takes(field.Key))))];
    }
}
