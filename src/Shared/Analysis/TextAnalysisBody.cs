using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Analysis;

/// <summary>A text to be looked at. As JSON or as a form.</summary>
public sealed record TextAnalysisBody
{
    [StringLength(4000)]
    public required string Text { get; init; }

    /// <summary>Who is to look at it. Default <c>auto</c>: the first that is configured, else <c>builtin</c>, which is this server itself.</summary>
    [OneOf(typeof(TextProviders))]
    public string? Provider { get; init; }

    /// <summary>The text's language. Default <c>auto</c>: it is found out. <c>builtin</c> knows words of opinion and stop words of English, German, French, Spanish, Italian and Portuguese.</summary>
    [OneOf(typeof(TextLanguages))]
    public string? Language { get; init; }
}
