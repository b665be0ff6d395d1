using NpgsqlTypes;

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

    /// <summary>By a moderator: then it is not listed either.</summary>
    public bool Hidden { get; init; }

    /// <summary>In no list of who has not asked for such works.</summary>
    public bool Mature { get; init; }

    /// <summary>One of <see cref="Rpd.Shared.Explore.WorkShapes"/>; null for sound.</summary>
    public string? Shape { get; init; }

    /// <summary>The generation that it was made from.</summary>
    public Guid? ParentId { get; init; }
    public int LikeCount { get; init; }
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>The likes when it was last ranked, and its place among what is on the rise: both follow <see cref="LikeCount"/> within seconds.</summary>
    public int RankedLikes { get; init; }
    public double Score { get; init; }

    /// <summary>3 for the last day, 2 for the last week, 1 for the last month, 0 for older ones.</summary>
    public int Freshness { get; init; }

    /// <summary>The words of title and prompt, and the tags with their #.</summary>
    public required NpgsqlTsVector Search { get; init; }
}
