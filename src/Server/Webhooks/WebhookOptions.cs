using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Webhooks;

/// <summary>Section <c>Webhooks</c>.</summary>
public sealed record WebhookOptions
{
    [Range(1, 1000)]
    public int EndpointsPerAccount { get; init; } = 20;

    /// <summary>How long a receiver may take for one attempt; well below the lease of a delivery.</summary>
    [Range(1, 45)]
    public int TimeoutSeconds { get; init; } = 15;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>Attempts of this node at once to one endpoint, or to one host for an account's requests with a webhookUrl. A slow one gets two.</summary>
    [Range(1, 64)]
    public int ConcurrencyPerReceiver { get; init; } = 16;

    /// <summary>Deliveries that this node holds at once. 0: it delivers none.</summary>
    [Range(0, 100_000)]
    public int Concurrency { get; init; } = 1024;

    /// <summary>The safety net beside the bell: deliveries of other nodes, retries.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; init; } = 500;

    /// <summary>How long a webhook may do nothing but fail before it is paused.</summary>
    [Range(1, 30)]
    public int PauseAfterDays { get; init; } = 3;
}
