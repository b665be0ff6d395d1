using System.Text.Json;

namespace Rpd.Shared.Generations;

/// <summary>The whole state of one generation, for the API and the pages alike.</summary>
/// <param name="Progress">0–100.</param>
/// <param name="OutputUrls">Signed for 24 hours, minted at read.</param>
/// <param name="IgnoredParams">Common params that could not apply to this model.</param>
/// <param name="RefundAt">When our deadline fails it and returns the credits; null once it has ended.</param>
/// <param name="Version">Grows with every change: an older copy never replaces a newer one.</param>
public sealed record GenerationView(
    Guid Id, string Status, int Progress, int? QueuePosition, int? EtaSeconds, string Type, string Provider, string Model,
    string? Prompt, string? NegativePrompt, string? Title, IReadOnlyDictionary<string, JsonElement> Params, int Count,
    IReadOnlyList<string> OutputUrls, IReadOnlyList<string> IgnoredParams, IReadOnlyList<OutputView> Outputs, GenerationError? Error,
    long CreditsCost, long CreditsRefunded, string Visibility, Guid? ComparisonId, Guid? BatchId, Guid? ParentId,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, DateTimeOffset? RefundAt, ReceiptView? Receipt, int Version);

public sealed record OutputView(
    string Url, string ContentType, int? Width, int? Height, double? DurationSeconds, long Bytes, string? ThumbnailUrl, string? BlurHash,
    IReadOnlyList<ThumbnailView> Thumbnails);

public sealed record ThumbnailView(int Width, int Height, string Url);

public sealed record GenerationError(string Code, string Message);

/// <param name="BalanceAfter">The spendable balance after the last of these movements.</param>
public sealed record ReceiptView(long Reserved, long Captured, long Refunded, long BalanceAfter);

/// <summary>A change worth telling an open page: it says what changed, the page's own endpoint draws it.</summary>
public sealed record Nudge(Guid Id, string Status, int Progress, int Version);
