namespace Rpd.Shared.Webhooks;

/// <summary>As typed.</summary>
public sealed record WebhookForm
{
    public string? Url { get; init; }
    public List<string>? Events { get; init; }
    public string? Description { get; init; }
}

/// <summary>What became of a webhook's latest deliveries, tests left out.</summary>
/// <param name="Waiting">Have another attempt to come.</param>
/// <param name="LastSuccessAt">When it took something last, a test too; null when nothing of late.</param>
public sealed record WebhookHealth(int Delivered, int Failed, int Waiting, DateTimeOffset? LastSuccessAt)
{
    public static readonly WebhookHealth None = new(0, 0, 0, null);

    /// <summary>How many are looked at.</summary>
    public const int Latest = 500;
}
