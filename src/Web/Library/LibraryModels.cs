using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Web.Ui;

namespace Rpd.Web.Library;

/// <param name="From">The first day, as <c>2026-11-28</c> (UTC).</param>
/// <param name="To">The last day.</param>
/// <param name="Order">Null: the newest first.</param>
public sealed record LibraryFilter(
    string? Status = null, string? Type = null, string? Q = null, string? Model = null, string? Visibility = null, string? From = null, string? To = null, string? Order = null)
{
    public const string Oldest = "oldest";

    public bool Any => Status is not null || Type is not null || Q is not null || More;

    /// <summary>Of those that are folded away.</summary>
    public bool More => Model is not null || Visibility is not null || From is not null || To is not null;
}

/// <param name="Cursor">Where this page starts; null at the top.</param>
public sealed record LibraryModel(LibraryFilter Filter, Page<GenerationView> Generations, string? Cursor)
{
    /// <summary>Those that the account has used.</summary>
    public IReadOnlyList<Choice> Models { get; init; } = [];

    /// <summary>One's own, to put things into.</summary>
    public IReadOnlyList<Choice> Collections { get; init; } = [];

    public StorageModel? Storage { get; init; }

    /// <summary>What came of the last thing that was done with several.</summary>
    public string? Done { get; init; }

    /// <summary>As sent, when it was refused.</summary>
    public BulkForm Bulk { get; init; } = new([], null, null);

    public FormErrors Errors { get; init; } = FormErrors.None;
}

/// <summary>What is to be done with several, and with which.</summary>
/// <param name="Mature">All that are published now are for adults.</param>
public sealed record BulkForm(IReadOnlyList<Guid> Ids, string? Collection, string? CollectionName, bool Mature = false)
{
    public const int Most = 200;
    public const string Publish = "publish", Unpublish = "unpublish", Collect = "collect", Download = "download", Purge = "purge";
}

/// <param name="Checked">As sent, when what was to be done with it was refused.</param>
public sealed record ChoiceCardModel(GenerationView Generation, bool Checked = false);

/// <summary>Bytes of uploads, and how many the plan allows.</summary>
public sealed record StorageModel(long Used, long Most);

/// <summary>What would be deleted, before it is.</summary>
/// <param name="Query">Of the list that one came from, with its question mark.</param>
public sealed record PurgeModel(IReadOnlyList<GenerationView> Items, string Query);

/// <param name="ModelName">The catalogue's display name; the model's id when it has left the catalogue.</param>
/// <param name="Form">What the title and visibility form shows; as typed after a refusal.</param>
/// <param name="CancelReturns">Credits that cancelling would bring back now; null when it has ended.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end: the address to share.</param>
public sealed record GenerationModel(
    GenerationView Generation, string ModelName, VisibilityForm Form, FormErrors Errors, long? CancelReturns, string BaseAddress)
{
    /// <summary>For each output what can be made of it; one list where there is none.</summary>
    public IReadOnlyList<IReadOnlyList<ResultAction>> Actions { get; init; } = [];

    /// <summary>Found in it when it was about to be published: its owner has to say what becomes of them.</summary>
    public int Faces { get; init; }

    /// <summary>Why a moderator has hidden it; null when none has.</summary>
    public HiddenWorkView? Hidden { get; init; }

    /// <summary>What is known of its life, in the order in which it happened.</summary>
    public IReadOnlyList<LifeStep> Life { get; init; } = [];
}

/// <summary>What a card's menu offers.</summary>
/// <param name="CancelReturns">Credits that cancelling would bring back now; null when it has ended.</param>
public sealed record ResultMenuModel(GenerationView Run, IReadOnlyList<ResultAction> Actions, long? CancelReturns = null);

/// <summary>Something that happened to a generation.</summary>
/// <param name="After">Since the step before; null for the first.</param>
public sealed record LifeStep(string What, DateTimeOffset? At, TimeSpan? After = null, string? Note = null);
