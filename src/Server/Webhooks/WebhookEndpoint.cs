using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Where an account wants to be told of events.</summary>
public sealed class WebhookEndpoint
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Url { get; set; }
    public required string[] Events { get; set; }
    public string? Description { get; set; }
    public required string Status { get; set; }
    public string? StatusReason { get; set; }

    /// <summary>Sealed, like the old one: see <see cref="WebhookSecrets"/>.</summary>
    public required string Secret { get; set; }
    public string? OldSecret { get; set; }
    public DateTimeOffset? OldSecretUntil { get; set; }
    public DateTimeOffset? FailingSince { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    public WebhookView View(DateTimeOffset now, string? secret = null) =>
        new(Id, Url, Events, Description, Status, StatusReason, FailingSince, CreatedAt, OldSecretUntil > now ? OldSecretUntil : null, secret);
}

/// <summary>What an account's requests with a webhookUrl of their own are signed with.</summary>
public sealed class WebhookSecret
{
    public Guid AccountId { get; init; }
    public required string Secret { get; set; }
    public string? OldSecret { get; set; }
    public DateTimeOffset? OldSecretUntil { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
