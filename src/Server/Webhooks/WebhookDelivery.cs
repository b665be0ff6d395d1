namespace Rpd.Server.Webhooks;

/// <summary>One event for one receiver: history and queue in one row. Inserted with the event by <c>event_record</c>, moved by <see cref="DeliveryQueue"/>.</summary>
public sealed class WebhookDelivery
{
    public Guid Id { get; init; }
    public long EventId { get; init; }
    public Guid AccountId { get; init; }

    /// <summary>Null for a request's own webhookUrl, which is then in <see cref="Url"/>.</summary>
    public Guid? EndpointId { get; init; }
    public string? Url { get; init; }
    public Guid Target { get; init; }
    public Guid Uid { get; init; }
    public bool Test { get; init; }
    public required string State { get; init; }

    /// <summary>All attempts so far; <see cref="Step"/> counts those of the present schedule.</summary>
    public int Attempt { get; init; }
    public int Step { get; init; }
    public int Fence { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }
    public int? ResponseStatus { get; init; }
    public int? LatencyMs { get; init; }
    public string? Excerpt { get; init; }
    public string? Error { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

public sealed class WebhookAttempt
{
    public Guid DeliveryId { get; init; }
    public int Attempt { get; init; }
    public DateTimeOffset At { get; init; }
    public int? ResponseStatus { get; init; }
    public int LatencyMs { get; init; }
    public string? Excerpt { get; init; }
    public string? Error { get; init; }
}
