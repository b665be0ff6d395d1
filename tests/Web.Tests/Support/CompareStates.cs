using Rpd.Shared;
using Rpd.Web.Compare;

namespace Rpd.Web.Tests.Support;

/// <summary>A comparison from its form to its vote.</summary>
public static class CompareStates
{
    private static readonly Guid Comparison = Samples.Id(900);

    public static readonly PageStates All = new()
    {
        ["compare"] = (typeof(ComparePage), Form(), Samples.Viewer),
        ["compare, first use"] = (typeof(ComparePage), Form() with { Recent = new([], null) }, Samples.Viewer),
        ["compare, refused"] = (typeof(ComparePage), Form() with { Errors = new([new("models", "Choose 2 to 6 models."), new("prompt", "Write a prompt."), new("params.seed", "A whole number."), new("", "Not enough credits.")]) }, Samples.Viewer),
        ["compare, too dear"] = (typeof(ComparePage), Form() with { Total = new([("Studio Sketch", 1000), ("Sandbox success", 500)], [], 1240) }, Samples.Viewer),
        ["compare, nothing to compare"] = (typeof(ComparePage), Form() with { Models = [], Types = [] }, Samples.Viewer),
        ["compare, pictures from a picture"] = (typeof(ComparePage), Form("image2image") with { Cursor = "c", Recent = new([], null) }, Samples.Viewer),
        ["compare, a picture is given"] = (typeof(ComparePage), Form("image2image") with { Inputs = [PlaygroundStates.Picture] }, Samples.Viewer),
        ["compare, a picture is needed"] = (typeof(ComparePage), Form("image2image") with { Errors = FormErrors.Of("inputImageUrl", "inputImageUrl is required for image2image with studio-sketch.") }, Samples.Viewer),
        ["comparison, running"] = (typeof(ComparisonPage), Page(named: false, "processing"), Samples.Viewer),
        ["comparison, to be judged"] = (typeof(ComparisonPage), Page(named: false, "completed"), Samples.Viewer),
        ["comparison, refused vote"] = (typeof(ComparisonPage), Page(named: false, "completed", FormErrors.Of("best", "Choose the best one, or none.")), Samples.Viewer),
        ["comparison, judged"] = (typeof(ComparisonPage), Page(named: true, "failed"), Samples.Viewer),
        ["comparison, of sounds"] = (typeof(ComparisonPage), Page(named: true, "completed", type: "audio"), Samples.Viewer),
        ["comparison, of films"] = (typeof(ComparisonPage), Page(named: false, "completed", type: "text2video"), Samples.Viewer),
    };

    public static ComparePageModel Form(string type = "text2image") => new(
        new() { Type = type, Prompt = "A heron landing on still water", RequestId = "req-1", Models = ["studio-sketch"], Params = new Dictionary<string, string> { ["seed"] = "7" } },
        FormErrors.None, ["text2image", "audio"], [.. Samples.Models.Where(model => model.SupportedTypes.Contains(type))], new([("Studio Sketch", 1), ("Sandbox success", 2)], [], 1240),
        new([new(Comparison, "text2image", "A lighthouse in fog", Samples.Now, 3, "Best: Studio Sketch"), new(Samples.Id(901), "audio", null, Samples.Now, 2, "In progress")], "next"), null);

    /// <param name="last">How the last of the three stands.</param>
    public static ComparisonPageModel Page(bool named, string last, FormErrors? errors = null, string type = "text2image")
    {
        EntryModel[] entries = [.. new[] { "completed", "completed", last }.Select((status, n) => Entry(n, status, type, named))];
        var ended = last is not "processing";
        return new(Comparison, type, "A heron landing on still water", Samples.Now, named, entries,
            new(Comparison, type, entries, named, !named && ended, named ? "best" : null, ended ? TimeSpan.FromSeconds(14) : null, 30, last == "failed" ? 10 : 0, errors ?? FormErrors.None));
    }

    private static EntryModel Entry(int n, string status, string type, bool named)
    {
        var run = Samples.Generation(3 + n, status, type);
        var letter = ((char)('A' + n)).ToString();
        return named ? new(Comparison, letter, run, "Studio Sketch", "studio", Best: n == 1) : new(Comparison, letter, run with { Provider = "", Model = "", StartedAt = null, CompletedAt = null, Receipt = null, CreditsCost = 0 });
    }
}
