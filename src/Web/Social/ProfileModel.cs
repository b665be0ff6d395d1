using Rpd.Shared;
using Rpd.Shared.Collections;
using Rpd.Shared.Explore;
using Rpd.Shared.Social;

namespace Rpd.Web.Social;

/// <param name="BaseAddress">Scheme and host without a slash at the end: OpenGraph wants whole addresses.</param>
/// <param name="Own">The viewer's own page.</param>
/// <param name="LikesPublic">Whether others see what they like.</param>
/// <param name="Cursor">Where this page of the list starts; null at the top.</param>
/// <param name="Errors">Of a form that was declined.</param>
public sealed record ProfileModel(ProfileView Profile, ProfileTab Tab, string BaseAddress, bool Own, bool LikesPublic, string? Cursor, FormErrors? Errors = null)
{
    /// <summary>Of the tabs works and likes.</summary>
    public Page<ExploreItem>? Works { get; init; }

    public Page<CollectionView>? Collections { get; init; }

    /// <summary>Of the tabs followers and following.</summary>
    public Page<FollowView>? People { get; init; }

    /// <summary>Whom of these people the viewer follows.</summary>
    public IReadOnlySet<Guid> Followed { get; init; } = new HashSet<Guid>();

    public string Address(ProfileTab tab) => $"/@{Profile.Handle}{tab.Path()}";
}

/// <param name="Cursor">Where this page of the feed starts; null at the top.</param>
/// <param name="Somebody">The viewer follows somebody, whether or not they have published anything.</param>
public sealed record FollowingModel(Page<ExploreItem> Works, string? Cursor, bool Somebody);

/// <param name="ReturnUrl">The page that the form stands on.</param>
/// <param name="Refused">Why nothing has changed.</param>
public sealed record FollowedModel(ProfileView Profile, string ReturnUrl, string? Refused = null);
