namespace Rpd.Server.Collections;

/// <summary>Works that somebody has put together, in an order of their choice.</summary>
public sealed class Collection
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required string Visibility { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

public sealed class CollectionItem
{
    public Guid CollectionId { get; init; }
    public Guid GenerationId { get; init; }
    public int Position { get; init; }
    public DateTimeOffset AddedAt { get; init; }
}
