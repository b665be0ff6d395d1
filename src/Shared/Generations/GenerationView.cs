using System.Text.Json.Serialization;
using System.Text.Json;

namespace Rpd.Shared.Generations;

/// <summary>The whole state of one generation.</summary>
/// <param name="Progress">0–100.</param>
/// <param name="QueuePosition">While it is queued: 1 is the next.</param>
/// <param name="EtaSeconds">While it runs, where it can be foretold.</param>
/// <param name="Params">As the model understood them.</param>
/// <param name="Count">How many outputs were asked for.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
/// <param name="CreditsCost">The price, reserved at the start.</param>
/// <param name="CreditsRefunded">What came back because all or part of it failed or was cancelled.</param>
/// <param name="ComparisonId">The comparison that it is part of.</param>
/// <param name="BatchId">The batch that it is part of.</param>
/// <param name="ParentId">The generation that it is based on.</param>
/// <param name="Receipt">What was moved for it; null for other people's.</param>
/// <param name="OutputUrls">Signed for 24 hours, minted at read.</param>
/// <param name="IgnoredParams">Common params that could not apply to this model.</param>
/// <param name="RefundAt">When our deadline fails it and returns the credits; null once it has ended.</param>
/// <param name="Version">Grows with every change: an older copy never replaces a newer one.</param>
public sealed record GenerationView(
    Guid Id, [property: OneOf(typeof(GenerationStatus))] string Status, int Progress, int? QueuePosition, int? EtaSeconds, [property: OneOf(typeof(GenerationTypes))] string Type, string Provider, string Model,
    string? Prompt, string? NegativePrompt, string? Title, IReadOnlyDictionary<string, JsonElement> Params, int Count,
    IReadOnlyList<string> OutputUrls, IReadOnlyList<string> IgnoredParams, IReadOnlyList<OutputView> Outputs, GenerationError? Error,
    long CreditsCost, long CreditsRefunded, [property: OneOf(typeof(Visibility))] string Visibility, Guid? ComparisonId, Guid? BatchId, Guid? ParentId,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, DateTimeOffset? RefundAt, ReceiptView? Receipt, int Version)
{
    /// <summary>For adults: once published, it is in the lists of those only who have asked for such works.</summary>
    public bool Mature { get; init; }

    /// <summary>It runs with the account's own provider key: the price is the platform's fee.</summary>
    public bool OwnKey { get; init; }
}

/// <summary>A generation as it is answered when it has just been started: with all members of one that is read later.</summary>
/// <param name="Params">As the model understood them.</param>
/// <param name="Count">How many outputs were asked for.</param>
/// <param name="IgnoredParams">Common params that could not apply to this model.</param>
/// <param name="ComparisonId">The comparison that it is part of.</param>
/// <param name="BatchId">The batch that it is part of.</param>
/// <param name="ParentId">The generation that it is based on.</param>
public sealed record CreatedGenerationView(
    Guid Id, [property: OneOf(typeof(GenerationStatus))] string Status, [property: OneOf(typeof(GenerationTypes))] string Type, string Provider, string Model,
    long CreditsCost, DateTimeOffset CreatedAt, string? Prompt, string? NegativePrompt, string? Title, IReadOnlyDictionary<string, JsonElement> Params, int Count,
    IReadOnlyList<string> IgnoredParams, [property: OneOf(typeof(Visibility))] string Visibility, Guid? ComparisonId, Guid? BatchId, Guid? ParentId, ReceiptView Receipt)
{
    public int Progress => 0;

    /// <summary>For adults: once published, it is in the lists of those only who have asked for such works.</summary>
    public bool Mature { get; init; }

    /// <summary>It runs with the account's own provider key: the price is the platform's fee.</summary>
    public bool OwnKey { get; init; }

    /// <summary>Known when it is read.</summary>
    public int? QueuePosition => null;

    /// <summary>Known when it is read.</summary>
    public int? EtaSeconds => null;

    public IReadOnlyList<string> OutputUrls => [];

    public IReadOnlyList<OutputView> Outputs => [];

    public GenerationError? Error => null;

    public long CreditsRefunded => 0;

    public DateTimeOffset? StartedAt => null;

    public DateTimeOffset? CompletedAt => null;

    /// <summary>Known when it is read.</summary>
    public DateTimeOffset? RefundAt => null;

    public int Version => 1;
}

/// <summary>One file that came out.</summary>
/// <param name="Url">Signed for 24 hours.</param>
/// <param name="Width">In pixels; null for sound.</param>
/// <param name="DurationSeconds">Null for pictures.</param>
/// <param name="Bytes">The size of the file.</param>
/// <param name="BlurHash">A blurred preview in some twenty characters (blurha.sh).</param>
/// <param name="Thumbnails">Smaller pictures of it, the smallest first.</param>
public sealed record OutputView(
    string Url, string ContentType, int? Width, int? Height, double? DurationSeconds, long Bytes, string? ThumbnailUrl, string? BlurHash,
    IReadOnlyList<ThumbnailView> Thumbnails);

/// <summary>A smaller picture.</summary>
public sealed record ThumbnailView(int Width, int Height, string Url);

/// <summary>Why a generation failed.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">For people.</param>
public sealed record GenerationError(string Code, string Message);

/// <summary>The movements of credits for one generation.</summary>
/// <param name="BalanceAfter">The spendable balance after the last of these movements; null where the ledger has none, for what was free or paid from a test balance.</param>
public sealed record ReceiptView(long Reserved, long Captured, long Refunded, long? BalanceAfter);

/// <summary>A change worth telling an open page: it says what changed, the page's own endpoint draws it.</summary>
/// <param name="Kind">Of what, when it is no generation: lists of everything new take no other.</param>
public sealed record Nudge(Guid Id, string Status, int Progress, int Version, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind = null);

/// <summary>Where a run that waits stands now.</summary>
/// <param name="Position">1 is the next.</param>
/// <param name="EtaSeconds">Until it is done, where that can be foretold.</param>
public sealed record QueuePlace(Guid Id, int Position, int? EtaSeconds);

/// <summary>Why a moderator has hidden a work, and what its owner has said to it.</summary>
/// <param name="AppealClosed">The appeal was read and changed nothing.</param>
public sealed record HiddenWorkView(string Reason, DateTimeOffset At, string? Appeal, bool AppealClosed);
