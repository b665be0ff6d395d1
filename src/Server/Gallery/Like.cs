namespace Rpd.Server.Gallery;

/// <summary>Somebody likes a work, once. The publication's counter is the number of these.</summary>
public sealed class Like
{
    public Guid PublicationId { get; init; }
    public Guid AccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A publication whose likes have changed since it was ranked.</summary>
public sealed class WorkToRank
{
    public Guid PublicationId { get; init; }
}

/// <summary>A reader's word against a work, for a moderator. It changes nothing about the work by itself.</summary>
public sealed class Report
{
    public const string Open = "open";

    public Guid Id { get; init; }
    public Guid GenerationId { get; init; }
    public Guid AccountId { get; init; }
    public required string Reason { get; init; }
    public string? Details { get; init; }
    public required string Status { get; init; }

    /// <summary>By which it was closed.</summary>
    public Guid? DecisionId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
