using Rpd.Shared.Accounts;
using Rpd.Shared.Explore;

namespace Rpd.Shared.Social;

/// <summary>Somebody as others see them, with the first page of their public works.</summary>
/// <param name="UserId">Their account's id.</param>
/// <param name="WorkCount">Their public works; 10,000 stands for that many and more.</param>
/// <param name="FollowerCount">Everybody who follows them, those who have left among them.</param>
/// <param name="IsFollowing">Whether the caller follows them; false for strangers.</param>
public sealed record ProfileView(
    Guid UserId, string Handle, string DisplayName, string? Bio, string? AvatarUrl, int WorkCount, int FollowerCount, int FollowingCount, bool IsFollowing,
    IReadOnlyList<ExploreItem> Works);

/// <summary>Somebody in a list of followers, or of those somebody follows.</summary>
/// <param name="UserId">Their account's id.</param>
/// <param name="Since">When the one began to follow the other.</param>
public sealed record FollowView(Guid UserId, string Handle, string DisplayName, string? AvatarUrl, DateTimeOffset Since);

/// <summary>What following somebody, or ceasing to, has come to.</summary>
/// <param name="Following">Whether the caller follows them now.</param>
public sealed record FollowedView(bool Following, int FollowerCount);
