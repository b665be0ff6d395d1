namespace Rpd.Server.Generations;

/// <summary>A work that is open to others: listed (public) or only for those who have its address (unlisted).</summary>
public sealed class Publication
{
    public Guid Id { get; init; }
    public Guid GenerationId { get; init; }
    public Guid AccountId { get; init; }
    public required string Type { get; init; }
    public required string Model { get; init; }
    public bool Listed { get; set; }
    public int LikeCount { get; init; }
    public double Score { get; init; }
    public DateTimeOffset PublishedAt { get; init; }
}
