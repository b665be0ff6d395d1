using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Events;

namespace Rpd.Shared.Webhooks;

/// <summary>A new webhook.</summary>
public sealed record NewWebhookBody
{
    /// <summary>https; plain http only to hosts that the operator has allowed.</summary>
    [StringLength(2048)]
    public required string Url { get; init; }

    /// <summary>What it is told of.</summary>
    [Length(1, 20), OneOf(typeof(EventNames))]
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>For yourself.</summary>
    [StringLength(200)]
    public string? Description { get; init; }
}

/// <summary>What is not mentioned stays.</summary>
public sealed record WebhookChangesBody
{
    /// <summary>https; plain http only to hosts that the operator has allowed.</summary>
    [StringLength(2048)]
    public string? Url { get; init; }

    /// <summary>What it is told of.</summary>
    [Length(1, 20), OneOf(typeof(EventNames))]
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Null clears it.</summary>
    [StringLength(200)]
    public string? Description { get; init; }

    /// <summary><c>active</c> also ends a pause; <c>disabled</c> stops it.</summary>
    [OneOf(typeof(WebhookSwitch))]
    public string? Status { get; init; }
}

/// <summary>How a secret is replaced.</summary>
public sealed record SecretRotationBody
{
    /// <summary>How long messages carry the old secret's signature too. Default 24.</summary>
    [Range(0, 168)]
    public int? OverlapHours { get; init; }
}

/// <summary>Which deliveries to list.</summary>
public sealed record DeliveryFilter([property: OneOf(typeof(DeliveryStatus))] string? Status = null);

/// <summary>What an owner may set.</summary>
public static class WebhookSwitch
{
    public static readonly IReadOnlyList<string> All = [WebhookStatus.Active, WebhookStatus.Disabled];
}
