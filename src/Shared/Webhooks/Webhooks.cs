namespace Rpd.Shared.Webhooks;

public static class WebhookStatus
{
    /// <summary>Receives. Paused: we stopped after three days of nothing but failure. Disabled: its owner did, or it answered 410.</summary>
    public const string Active = "active", Paused = "paused", Disabled = "disabled";
}

public static class DeliveryStatus
{
    /// <summary>Pending has another attempt to come; cancelled: its webhook was stopped or removed meanwhile.</summary>
    public const string Pending = "pending", Delivered = "delivered", Failed = "failed", Cancelled = "cancelled";

    public static readonly IReadOnlyList<string> All = [Pending, Delivered, Failed, Cancelled];
}

/// <summary>An endpoint that is told of events.</summary>
/// <param name="Events">Of <c>generation.completed</c>, <c>generation.failed</c>, <c>credits.low</c>.</param>
/// <param name="Status"><c>active</c>, <c>paused</c> (by us, after three days of nothing but failure) or <c>disabled</c> (by its owner, or because it answered 410).</param>
/// <param name="StatusReason">Why it is not active; null when its owner knows.</param>
/// <param name="OldSecretUntil">Until then messages carry the former secret's signature too.</param>
/// <param name="Secret"><c>whsec_</c> and base64. Only in the answer that made it.</param>
public sealed record WebhookView(
    Guid Id, string Url, IReadOnlyList<string> Events, string? Description, string Status, string? StatusReason, DateTimeOffset? FailingSince,
    DateTimeOffset CreatedAt, DateTimeOffset? OldSecretUntil, string? Secret = null);

/// <summary>The secret that messages to a request's <c>webhookUrl</c> are signed with.</summary>
/// <param name="Secret"><c>whsec_</c> and base64.</param>
public sealed record DefaultSecretView(string Secret, DateTimeOffset CreatedAt, DateTimeOffset? OldSecretUntil);

/// <summary>One event on its way to one webhook, as of its latest attempt.</summary>
/// <param name="EventId">The header <c>webhook-id</c>, the same in every attempt.</param>
/// <param name="Attempt">Attempts so far.</param>
/// <param name="Status"><c>pending</c>, <c>delivered</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="ResponseStatus">The receiver's HTTP status; null when there was no answer.</param>
/// <param name="Excerpt">The beginning of the receiver's answer.</param>
/// <param name="Error">Why there was no answer.</param>
/// <param name="NextAttemptAt">Null when there is none to come.</param>
/// <param name="GenerationId">The generation it tells of; null for other events.</param>
/// <param name="Url">The request's own <c>webhookUrl</c>; null for a webhook's delivery.</param>
public sealed record DeliveryView(
    Guid Id, string EventId, string Event, int Attempt, string Status, int? ResponseStatus, int? LatencyMs, string? Excerpt, string? Error,
    DateTimeOffset? NextAttemptAt, DateTimeOffset CreatedAt, bool Test, Guid? GenerationId = null, string? Url = null);

/// <summary>A delivery with what is sent and what came of it.</summary>
/// <param name="Body">What is sent, byte for byte.</param>
/// <param name="Attempts">The latest first, a screenful.</param>
public sealed record DeliveryDetail(DeliveryView Delivery, string? Body, IReadOnlyList<AttemptView> Attempts);

/// <summary>One attempt to deliver.</summary>
/// <param name="Excerpt">The beginning of the receiver's answer.</param>
/// <param name="Error">Why there was no answer.</param>
public sealed record AttemptView(int Attempt, DateTimeOffset At, int? ResponseStatus, int LatencyMs, string? Excerpt, string? Error);
