using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Audit;

/// <summary>Which entries to list; everything that is given must fit.</summary>
/// <param name="Actor">The account of whoever did it.</param>
/// <param name="Action">How the action begins: <c>account</c>, <c>catalog.model</c>.</param>
/// <param name="Target">What it was done to, as a whole.</param>
public sealed record AuditFilter(Guid? Actor = null, [property: StringLength(100)] string? Action = null, [property: StringLength(200)] string? Target = null);

/// <summary>What an administrator changed.</summary>
/// <param name="Actor">Handle and address as they were then.</param>
/// <param name="Action">Noun and part: <c>catalog.model</c>.</param>
/// <param name="Before">JSON.</param>
/// <param name="After">JSON.</param>
/// <param name="Address">Where the request came from.</param>
public sealed record AuditView(Guid Id, DateTimeOffset At, string Actor, string Action, string Target, string? Before, string? After, string? Address);
