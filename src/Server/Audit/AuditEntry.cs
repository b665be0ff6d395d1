namespace Rpd.Server.Audit;

/// <summary>That an administrator has changed something. Written with the change and never changed itself.</summary>
public sealed class AuditEntry
{
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Null when there is no such account any more.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Handle and address as they were then.</summary>
    public required string Actor { get; init; }

    /// <summary>Noun and part: <c>catalog.model</c>.</summary>
    public required string Action { get; init; }
    public required string Target { get; init; }

    /// <summary>JSON.</summary>
    public string? Before { get; init; }
    public string? After { get; init; }

    /// <summary>Where the request came from.</summary>
    public string? Address { get; init; }
}
