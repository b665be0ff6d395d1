using System.Text.Json;
using System.Text.RegularExpressions;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Shared.Templates;

namespace Rpd.Server.Templates;

/// <summary>A template as somebody sent it. What is null was not sent.</summary>
public sealed partial record TemplateWish(string? Title, string? Type, string? Prompt, IReadOnlyList<PlaceholderView>? Placeholders, string? Model, bool ChangeModel)
{
    private const int PlaceholdersMax = 20;

    /// <param name="whole">Everything that a new one needs must be there.</param>
    public static TemplateWish Read(JsonElement json, bool whole)
    {
        var fields = Fields.Of(json);
        var wish = new TemplateWish(fields.Text("title", 120, min: 1, required: whole)?.Trim(), fields.Choice("type", GenerationTypes.All, required: whole),
            fields.Text("prompt", 4000, min: 1, required: whole), PlaceholdersOf(fields), fields.Text("model", 200), json.TryGetProperty("model", out _));
        return wish with { Mistakes = fields };
    }

    /// <summary>Where more mistakes go.</summary>
    public Fields Mistakes { get; private init; } = null!;

    /// <summary>
    /// One for each gap of the prompt, in its order. A gap that was not described is called by its name; a description without a gap is a mistake.
    /// </summary>
    public static IReadOnlyList<PlaceholderView> Fit(string prompt, IReadOnlyList<PlaceholderView> described, Fields mistakes)
    {
        var names = Gaps(prompt);
        if (names.Length > PlaceholdersMax) mistakes.Wrong("prompt", $"prompt may have {PlaceholdersMax} placeholders at most; it has {names.Length}.");
        foreach (var lost in described.Select(placeholder => placeholder.Name).Except(names)) mistakes.Wrong("placeholders", $"placeholders describes {lost}, but prompt has no {{{lost}}}.");
        return [.. names.Select(name => described.FirstOrDefault(placeholder => placeholder.Name == name) ?? new PlaceholderView(name, name, null))];
    }

    /// <summary>The names between braces, in the prompt's order.</summary>
    public static string[] Gaps(string prompt) => [.. Gap().Matches(prompt).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>Everything that is wrong, once the prompt and the gaps are looked at together.</summary>
    public Refusal? Check(ModelCatalog catalog)
    {
        if (Model is { } model && catalog.Find(model) is null) Mistakes.Wrong("model", $"model {model} is not in the catalogue.");
        return Mistakes.Refusal;
    }

    private static List<PlaceholderView>? PlaceholdersOf(Fields fields)
    {
        if (fields.Read("placeholders") is not { } sent) return null;
        if (sent.ValueKind != JsonValueKind.Array || sent.GetArrayLength() > PlaceholdersMax || sent.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
        {
            fields.Wrong("placeholders", $"placeholders must be a list of objects, {PlaceholdersMax} at most.");
            return null;
        }
        var all = new List<PlaceholderView>();
        foreach (var (item, i) in sent.EnumerateArray().Select((item, i) => (item, i)))
        {
            var one = fields.Within(item, $"placeholders[{i}]");
            var name = one.Text("name", 40, required: true);
            if (name is not null && !Name().IsMatch(name)) one.Wrong("name", $"placeholders[{i}].name may have letters, digits and _ only.");
            else if (name is not null && all.Any(other => other.Name == name)) one.Wrong("name", $"placeholders[{i}].name is there twice.");
            var (label, usual) = (one.Text("label", 80), one.Text("default", 500));
            if (name is not null) all.Add(new(name, string.IsNullOrWhiteSpace(label) ? name : label.Trim(), usual));
        }
        return all;
    }

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9_]{0,39})\}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
    private static partial Regex Name();
}
