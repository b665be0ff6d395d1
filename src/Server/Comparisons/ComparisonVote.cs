namespace Rpd.Server.Comparisons;

/// <summary>The one verdict of a comparison's owner. Only <c>best</c> was given without the names and counts for the models.</summary>
public sealed class ComparisonVote
{
    public Guid ComparisonId { get; init; }
    public Guid AccountId { get; init; }
    public required string Type { get; init; }

    /// <summary><c>best</c>, <c>none</c> or <c>skipped</c>.</summary>
    public required string Choice { get; init; }
    public Guid? GenerationId { get; init; }
    public string? Winner { get; init; }

    /// <summary>The other models that had something to show. They outlive the generations.</summary>
    public required string[] Losers { get; init; }
    public DateTimeOffset VotedAt { get; init; }
}

/// <summary>What all votes together say of a model.</summary>
public sealed class ModelRating
{
    public required string Type { get; init; }
    public required string Model { get; init; }
    public int Votes { get; init; }
    public int Wins { get; init; }
    public double Rating { get; init; }
    public DateTimeOffset RatedAt { get; init; }
}
