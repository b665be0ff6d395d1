using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;
using Rpd.Web.Playground;

namespace Rpd.Web.Compare;

/// <param name="Form">With <c>Type</c> settled by the server and a fresh <c>RequestId</c>.</param>
/// <param name="Types">Those that two models or more can do here.</param>
/// <param name="Recent">One's own, newest first.</param>
/// <param name="Cursor">Where the list starts; null at the top.</param>
public sealed record ComparePageModel(
    CompareForm Form, FormErrors Errors, IReadOnlyList<string> Types, IReadOnlyList<ModelView> Models, CompareTotalModel Total, Page<ComparisonSummary> Recent, string? Cursor)
{
    /// <summary>The files of the form that can be shown.</summary>
    public IReadOnlyList<InputView> Inputs { get; init; } = [];

    /// <summary>The largest file that this page takes for the account's plan.</summary>
    public long BytesMax { get; init; } = 25_000_000;
}

/// <summary>What the price frame shows.</summary>
/// <param name="Parts">Each model that is ticked, with its price; null where there is none.</param>
/// <param name="Why">What is wrong with the form, when the price cannot be told.</param>
/// <param name="Balance">Spendable credits now.</param>
public sealed record CompareTotalModel(IReadOnlyList<(string Name, long? Credits)> Parts, IReadOnlyList<FieldError> Why, long Balance)
{
    public long? Credits => Parts.Count == 0 || Parts.Any(part => part.Credits is null) ? null : Parts.Sum(part => part.Credits!.Value);
}

/// <param name="Verdict">How it stands, in a few words.</param>
public sealed record ComparisonSummary(Guid Id, string Type, string? Prompt, DateTimeOffset CreatedAt, int Count, string Verdict);

/// <param name="Named">Whether the names can be seen.</param>
public sealed record ComparisonPageModel(Guid Id, string Type, string? Prompt, DateTimeOffset CreatedAt, bool Named, IReadOnlyList<EntryModel> Entries, OutcomeModel Outcome);

/// <summary>One column.</summary>
/// <param name="Generation">Without everything that tells the model, as long as <paramref name="Name"/> is null.</param>
/// <param name="Name">The model's display name.</param>
/// <param name="Provider">Null as long as the names are hidden.</param>
public sealed record EntryModel(Guid Comparison, string Letter, GenerationView Generation, string? Name = null, string? Provider = null, bool Best = false)
{
    public bool Shown => Generation is { Status: GenerationStatus.Completed, Outputs.Count: > 0 };

    public string Heading => Name ?? Letter;
}

/// <summary>What the frame below the columns shows: totals, pairs and the vote.</summary>
/// <param name="Votable">Whether the vote is open now.</param>
/// <param name="Choice">How was voted: best, none, skipped; null when not.</param>
public sealed record OutcomeModel(
    Guid Comparison, string Type, IReadOnlyList<EntryModel> Entries, bool Named, bool Votable, string? Choice, TimeSpan? Took, long Cost, long Refunded, FormErrors Errors);
