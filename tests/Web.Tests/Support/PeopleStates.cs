using Rpd.Shared;
using Rpd.Shared.Collections;
using Rpd.Shared.Notifications;
using Rpd.Shared.Social;
using Rpd.Web.Notifications;
using Rpd.Web.Social;

namespace Rpd.Web.Tests.Support;

public static class PeopleStates
{
    public static readonly ProfileView Tomas = new(Samples.Author.Id, "tomas", "Tomás Rey", "Paints harbours.\nSometimes hills.", null, 128, 1204, 31, false, []);

    private static readonly ProfileView Mara = Tomas with { UserId = Samples.Viewer.AccountId, Handle = "mara", DisplayName = "Mara Lindqvist", Bio = null, WorkCount = 0, FollowerCount = 0, FollowingCount = 0 };

    private static readonly CollectionView Collection = new(Samples.Id(900), "Seas", "Blue.", "public", $"/media/{Samples.Id(500)}/480.webp", 12, Tomas.UserId, Samples.Now);

    private static readonly FollowView Fan = new(Samples.Id(901), "ines", "Inés Duarte", null, Samples.Now);

    private static readonly NotificationView Like = new(Samples.Id(910), NotificationKinds.Like, "Inés Duarte and 3 others liked “Lighthouse”", $"/works/{Samples.Id(100)}", 4, false, Samples.Now);

    public static readonly NotificationsModel Notifications = new(new([
        Like, Like with { Id = Samples.Id(911), Kind = NotificationKinds.Follow, Title = "Tomás Rey follows you", Link = "/@tomas" },
        Like with { Id = Samples.Id(912), Kind = NotificationKinds.GenerationFailed, Title = "A generation failed: The provider refused it.", Link = $"/library/{Samples.Id(304)}", Read = true },
        Like with { Id = Samples.Id(913), Kind = NotificationKinds.CreditsLow, Title = "Your balance is low: 7 credits are left.", Link = "/credits", Read = true },
        Like with { Id = Samples.Id(914), Kind = "something.else", Title = "Nothing to see behind this one.", Link = null }], "next"), false, null, 3);

    public static ProfileModel Profile(ProfileTab tab = ProfileTab.Works, bool own = false) =>
        new(own ? Mara : Tomas, tab, Samples.Base, own, LikesPublic: false, Cursor: null);

    public static readonly PageStates States = Fill();

    private static PageStates Fill()
    {
        var states = new PageStates
        {
            ["profile"] = (typeof(ProfilePage), Profile() with { Works = Samples.Explore(12, "next") }, null),
            ["profile, signed in"] = (typeof(ProfilePage), Profile() with { Works = Samples.Explore(12, "next"), LikesPublic = true }, Samples.Viewer),
            ["profile, further down"] = (typeof(ProfilePage), Profile() with { Works = Samples.Explore(12, "next"), Cursor = "abc" }, Samples.Viewer),
            ["profile, refused"] = (typeof(ProfilePage), Profile() with { Works = Samples.Explore(3), Errors = FormErrors.Of("", "You follow 5000 people, which is as many as one can.") }, Samples.Viewer),
            ["profile, collections"] = (typeof(ProfilePage), Profile(ProfileTab.Collections) with { Collections = new([Collection, Collection with { Id = Samples.Id(902), CoverUrl = null, ItemCount = 1 }], "next") }, null),
            ["profile, own likes"] = (typeof(ProfilePage), Profile(ProfileTab.Likes, own: true) with { Works = Samples.Explore(5) }, Samples.Viewer),
            ["profile, followers"] = (typeof(ProfilePage), Profile(ProfileTab.Followers) with { People = new([Fan, Fan with { UserId = Samples.Viewer.AccountId, Handle = "mara" }], "next"), Followed = new HashSet<Guid> { Fan.UserId } }, Samples.Viewer),
            ["following"] = (typeof(FollowingPage), new FollowingModel(Samples.Explore(12, "next"), null, true), Samples.Viewer),
            ["following, further down"] = (typeof(FollowingPage), new FollowingModel(new([], null), "abc", true), Samples.Viewer),
            ["following, quiet"] = (typeof(FollowingPage), new FollowingModel(new([], null), null, true), Samples.Viewer),
            ["following, nobody"] = (typeof(FollowingPage), new FollowingModel(new([], null), null, false), Samples.Viewer),
            ["notifications"] = (typeof(NotificationsPage), Notifications, Samples.Viewer with { Unread = 3 }),
            ["notifications, further down"] = (typeof(NotificationsPage), Notifications with { Cursor = "abc", UnreadOnly = true }, Samples.Viewer with { Unread = 100 }),
            ["notifications, all read"] = (typeof(NotificationsPage), new NotificationsModel(new([], null), true, null, 0), Samples.Viewer),
            ["notifications, none"] = (typeof(NotificationsPage), new NotificationsModel(new([], null), false, null, 0), Samples.Viewer),
            ["notifications, past the end"] = (typeof(NotificationsPage), new NotificationsModel(new([], null), false, "abc", 0), Samples.Viewer),
        };
        foreach (var own in new[] { false, true })
            foreach (var tab in Enum.GetValues<ProfileTab>()) states[$"profile, no {tab}, {(own ? "own" : "of another")}"] = (typeof(ProfilePage), Profile(tab, own), Samples.Viewer);
        return states;
    }
}
