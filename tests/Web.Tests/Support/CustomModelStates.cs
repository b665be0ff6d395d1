using Rpd.Shared;
using Rpd.Shared.CustomModels;
using Rpd.Web.CustomModels;

namespace Rpd.Web.Tests.Support;

/// <summary>Custom models: with the plan and without, and one in each state.</summary>
public static class CustomModelStates
{
    private static readonly string[] Labels = ["complaint", "praise", "question"];
    private static readonly MetricsView Metrics = new(60, 0.9, 0.897,
        [new("complaint", 20, 0.94, 0.85, 0.893), new("praise", 20, 0.9, 0.95, 0.924), new("question", 20, 0.86, 0.9, 0.88)], [[17, 1, 2], [0, 19, 1], [1, 1, 18]]);

    public static readonly PageStates All = new()
    {
        ["custom models"] = (typeof(CustomModelsPage), List(One(1), One(2, deployed: true), One(3, CustomModelStatus.Training), One(4, CustomModelStatus.Queued), One(5, CustomModelStatus.Failed)), Samples.Viewer),
        ["custom models, none"] = (typeof(CustomModelsPage), List(), Samples.Viewer),
        ["custom models, refused"] = (typeof(CustomModelsPage), List() with
        {
            Form = new() { Name = "Mail", Kind = CustomModelKinds.Image, Seed = "x" },
            Errors = new([new("name", "name is required."), new("kind", "kind must be one of: text, image."), new("seed", "seed must be a whole number."), new("file", "Line 3 has no label.")]),
        }, Samples.Viewer),
        ["custom models, another plan"] = (typeof(CustomModelsPage), List() with { Terms = new("free", ["pro", "business"], 0, 100) }, Samples.Viewer),
        ["custom models, on no plan"] = (typeof(CustomModelsPage), List() with { Terms = new("free", [], 0, 100) }, Samples.Viewer),
        ["custom model, trained"] = (typeof(CustomModelPage), Page(One(1)), Samples.Viewer),
        ["custom model, learning"] = (typeof(CustomModelPage), Page(One(1, CustomModelStatus.Training)), Samples.Viewer),
        ["custom model, waiting"] = (typeof(CustomModelPage), Page(One(1, CustomModelStatus.Queued)), Samples.Viewer),
        ["custom model, failed"] = (typeof(CustomModelPage), Page(One(1, CustomModelStatus.Failed)), Samples.Viewer),
        ["custom model, asked"] = (typeof(CustomModelPage), Page(One(1, deployed: true)) with
        {
            Text = "When does it come?",
            Prediction = new(Id(1), "question", [new("question", 0.931), new("complaint", 0.05), new("praise", 0.019)]),
        }, Samples.Viewer),
        ["custom model, pictures and refused"] = (typeof(CustomModelPage), Page(One(1, deployed: true) with { Kind = CustomModelKinds.Image }) with { Errors = FormErrors.Of("file", "The picture is damaged or incomplete.") }, Samples.Viewer),
    };

    private static Guid Id(int n) => new($"0198c3f2-7a41-7c55-9e4b-00000000000{n}");

    private static CustomModelView One(int n, string status = CustomModelStatus.Ready, bool deployed = false) => new(
        Id(n), "Support mail", CustomModelKinds.Text, 1, status, status switch { CustomModelStatus.Ready => 100, CustomModelStatus.Training => 42, _ => 0 }, deployed, Labels, 300,
        status == CustomModelStatus.Ready ? Metrics : null, status == CustomModelStatus.Failed ? "red/wrong.png: The picture is damaged or incomplete." : null, 4,
        new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero), CustomModelStatus.Ended(status) ? new(2026, 3, 20, 12, 0, 5, TimeSpan.Zero) : null);

    private static CustomModelsModel List(params CustomModelView[] models) => new(new(), FormErrors.None, new(models, models.Length > 0 ? "next" : null), models.Length, null, new("pro", ["pro", "business"], 20, 100));

    private static CustomModelModel Page(CustomModelView model) => new(model, FormErrors.None, null, null, 1240, 1, 25, "https://create.example.org");
}
