namespace Rpd.Server.Social;

/// <summary>Somebody follows somebody else, once.</summary>
public sealed class Follow
{
    public Guid FollowerId { get; init; }
    public Guid FolloweeId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What an account shows beside its name, and the number of its followers. Made when the first of either is there.</summary>
public sealed class Profile
{
    public Guid AccountId { get; init; }
    public string? Bio { get; init; }
    public int FollowerCount { get; init; }

    /// <summary>Whether others may see what they like.</summary>
    public bool LikesPublic { get; init; }
}
