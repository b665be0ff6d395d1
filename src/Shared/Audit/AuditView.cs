namespace Rpd.Shared.Audit;

/// <summary>What an administrator changed.</summary>
/// <param name="Actor">Handle and address as they were then.</param>
/// <param name="Action">Noun and part: <c>catalog.model</c>.</param>
/// <param name="Before">JSON.</param>
/// <param name="After">JSON.</param>
/// <param name="Address">Where the request came from.</param>
public sealed record AuditView(Guid Id, DateTimeOffset At, string Actor, string Action, string Target, string? Before, string? After, string? Address);
