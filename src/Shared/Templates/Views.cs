using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Templates;

/// <summary>A template to keep for oneself.</summary>
/// <param name="Prompt"><c>{name}</c> stands for a gap.</param>
/// <param name="Placeholders">What is known about the gaps; one that is not described is called by its name.</param>
/// <param name="Model">A model's id that suits it.</param>
public sealed record NewTemplateBody(
    [property: Required, StringLength(120)] string Title, [property: Required, OneOf(typeof(GenerationTypes))] string Type, [property: Required, StringLength(4000)] string Prompt,
    IReadOnlyList<NewPlaceholderBody>? Placeholders, [property: StringLength(200)] string? Model);

/// <summary>What is to change about a template.</summary>
/// <param name="Prompt">With other gaps it keeps what was said about those that stay.</param>
/// <param name="Placeholders">Replaces what is known about the gaps.</param>
/// <param name="Model">Null leaves the choice.</param>
public sealed record TemplateChangeBody(
    [property: StringLength(120)] string? Title, [property: OneOf(typeof(GenerationTypes))] string? Type, [property: StringLength(4000)] string? Prompt,
    IReadOnlyList<NewPlaceholderBody>? Placeholders, [property: StringLength(200)] string? Model);

/// <summary>A gap in a template.</summary>
/// <param name="Name">As it stands between the braces: letters, digits and _.</param>
/// <param name="Label">For people; the name when it is not given.</param>
/// <param name="Default">What stands there when nothing else is said.</param>
public sealed record NewPlaceholderBody([property: Required, StringLength(40)] string Name, [property: StringLength(80)] string? Label, [property: StringLength(500)] string? Default);

/// <summary>Which templates to show.</summary>
/// <param name="Owner">Default both, one's own first.</param>
public sealed record TemplateFilter([property: OneOf(typeof(GenerationTypes))] string? Type, [property: OneOf(typeof(TemplateOwners))] string? Owner);

public static class TemplateOwners
{
    public static readonly IReadOnlyList<string> All = ["curated", "own"];
}

/// <summary>A prompt with gaps: <c>{name}</c> stands where the value of the placeholder of that name goes.</summary>
/// <param name="Type">A generation's type.</param>
/// <param name="Model">A model that suits it; null leaves the choice.</param>
/// <param name="Curated">True for those that come with the program, false for the caller's own.</param>
public sealed record TemplateView(Guid Id, string Title, string Type, string Prompt, IReadOnlyList<PlaceholderView> Placeholders, string? Model, bool Curated);

/// <summary>A gap in a template.</summary>
/// <param name="Name">As it stands between the braces.</param>
/// <param name="Label">For people.</param>
/// <param name="Default">What stands there when nothing else is said; null when something must be.</param>
public sealed record PlaceholderView(string Name, string Label, string? Default);
