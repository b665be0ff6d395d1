namespace Rpd.Shared.Admin;

/// <summary>A webhook that was stopped, or has done nothing but fail for a while.</summary>
/// <param name="Status"><c>active</c>, <c>paused</c> or <c>disabled</c>.</param>
/// <param name="Failed">Of its latest deliveries, those that were given up or wait for another attempt.</param>
/// <param name="Latest">How many were looked at, 100 at most.</param>
public sealed record FailingWebhookView(
    Guid Id, Guid AccountId, string Handle, string Url, string Status, string? StatusReason, DateTimeOffset? FailingSince, int Failed, int Latest, int? LastStatus, string? LastError);
