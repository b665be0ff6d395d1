using Rpd.Shared;
using Rpd.Shared.Templates;
using Rpd.Web.Ui;

namespace Rpd.Web.Templates;

/// <param name="Type">The filter; null for all.</param>
/// <param name="Cursor">Where this page starts; null at the top.</param>
/// <param name="ModelNames">By id, of the models that the templates name.</param>
public sealed record TemplatesModel(string? Type, Page<TemplateView> Templates, string? Cursor, IReadOnlyDictionary<string, string> ModelNames);

/// <summary>A template as typed.</summary>
public sealed record TemplateForm
{
    public string? Title { get; init; }
    public string? Type { get; init; }
    public string? Prompt { get; init; }
    public string? Model { get; init; }
    public IReadOnlyList<TemplateGap> Gaps { get; init; } = [];
}

public sealed record TemplateGap(string Name, string? Label, string? Default);

/// <param name="Id">Null for one that is still to be made.</param>
/// <param name="JustMade">Saved a moment ago; its gaps wait for a description.</param>
public sealed record TemplatePageModel(TemplateForm Form, Guid? Id, FormErrors Errors, IReadOnlyList<Choice> Models, bool JustMade);
