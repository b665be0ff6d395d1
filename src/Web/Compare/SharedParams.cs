using Rpd.Shared.Catalog;
using Rpd.Web.Playground;
using Rpd.Web.Ui;

namespace Rpd.Web.Compare;

/// <summary>The params that a comparison sets for all its models: the shape, the length, the seed, and what one of them cannot do without.</summary>
public static class SharedParams
{
    private static readonly string[] Ratios = ["1:1", "4:3", "3:4", "16:9", "9:16"];

    public static IReadOnlyList<ParamSpec> Of(string type, IReadOnlyList<ModelView> models)
    {
        var specs = new List<ParamSpec>();
        if (type is "text2image" or "text2video") specs.Add(new("aspectRatio", ParamKind.Choice, Ratios));
        if (Shape.Kind(type) == "video" && models.Any(model => model.BillingUnit == "second")) specs.Add(new("duration", ParamKind.Number, [], 1, 60, true));
        var needed = models.SelectMany(model => model.RequiredInputs.GetValueOrDefault(type, [])).Where(name => !RequiredInput.Ways(name).Any() && !name.Contains('|', StringComparison.Ordinal)).Distinct();
        specs.AddRange(needed.Where(name => specs.All(spec => spec.Name != name)).Select(name => Declared(name, models, type)));
        if (type != "upscale") specs.Add(new("seed", ParamKind.Number, [], 0, uint.MaxValue, true, true));
        return specs;
    }

    private static ParamSpec Declared(string name, IReadOnlyList<ModelView> models, string type) =>
        models.Select(model => ParamFields.Of(model, type)).SelectMany(fields => fields.First.Concat(fields.More)).FirstOrDefault(spec => spec.Name == name) ?? new(name, ParamKind.Text, []);
}
