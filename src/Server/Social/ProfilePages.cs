using Rpd.Server.Accounts;
using Rpd.Server.Collections;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Explore;
using Rpd.Shared.Social;
using Rpd.Web.Social;
using Rpd.Web.Ui;

namespace Rpd.Server.Social;

/// <summary>Somebody's page, each tab at an address of its own.</summary>
public static class ProfilePages
{
    private const int PeoplePerPage = 50, CollectionsPerPage = 24;

    public static void MapProfilePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/@{handle}", (string handle, HttpContext http, Tabs tabs) => tabs.Show(handle, ProfileTab.Works, http));
        foreach (var tab in Enum.GetValues<ProfileTab>().Where(tab => tab != ProfileTab.Works))
            pages.MapGet("/@{handle}" + tab.Path(), (string handle, HttpContext http, Tabs tabs) => tabs.Show(handle, tab, http));
    }

    /// <summary>What the tabs are made of.</summary>
    internal sealed class Tabs(ProfileQueries profiles, FeedQueries feeds, LikedWorks likes, CollectionQueries collections, MatureChoice choice, LikedByCaller liked, Cursors cursors, PublicAddress address)
    {
        /// <param name="refused">Why the form of this page was declined.</param>
        public async Task<IResult> Show(string handle, ProfileTab tab, HttpContext http, Refusal? refused = null)
        {
            var (viewer, cancel) = (http.User.AccountId(), http.RequestAborted);
            if (await profiles.Who("@" + handle, cancel) is not { } account || await profiles.Find(account, viewer, cancel, await choice.Shown(viewer, cancel)) is not { } profile) return Results.NotFound();
            // One page, one address: names are written in lower case.
            if (handle != profile.Handle) return Results.Redirect($"/@{profile.Handle}{tab.Path()}{http.Request.QueryString}", permanent: true);
            var (own, likesPublic) = (viewer == account, await likes.Public(account, cancel));
            if (tab == ProfileTab.Likes && !own && !likesPublic) return Results.NotFound();
            var (cursor, position) = Position(http, tab);
            var model = new ProfileModel(profile, tab, address.Base, own, likesPublic, position is null ? null : cursor, refused is null ? null : FormErrors.Of("", refused.Message));
            return Pages.Page<ProfilePage>(await Filled(model, position, viewer, cancel), refused is null ? 200 : Pages.StatusOf(refused));
        }

        private async Task<ProfileModel> Filled(ProfileModel model, string? position, Guid? viewer, CancellationToken cancel)
        {
            var account = model.Profile.UserId;
            // Authors meet their own works whatever they have chosen.
            var mature = model.Own || await choice.Shown(viewer, cancel);
            switch (model.Tab)
            {
                case ProfileTab.Works: return model with { Works = await Seen(await feeds.Of(account, position, GalleryPages.PageSize, cancel, mature)) };
                case ProfileTab.Likes: return model with { Works = await Seen(await likes.List(account, position, GalleryPages.PageSize, cancel, mature)) };
                case ProfileTab.Collections: return model with { Collections = await collections.PublicOf(account, viewer, position, CollectionsPerPage, cancel) };
                default:
                    var people = model.Tab == ProfileTab.Followers ? await profiles.Followers(account, position, PeoplePerPage, cancel) : await profiles.Following(account, position, PeoplePerPage, cancel);
                    return model with { People = people, Followed = await profiles.FollowedBy(viewer, people.Items, cancel) };
            }

            async Task<Page<ExploreItem>> Seen(Page<ExploreItem> page) => page with { Items = await liked.Fill(page.Items, viewer, cancel) };
        }

        /// <summary>A cursor that is not this list's shows the list from its top.</summary>
        private (string? Cursor, string? Position) Position(HttpContext http, ProfileTab tab)
        {
            var list = tab switch { ProfileTab.Likes => LikedWorks.ListName, ProfileTab.Collections => "public-collections", ProfileTab.Followers => "followers", ProfileTab.Following => "following", _ => "works" };
            return http.Request.Query["cursor"].FirstOrDefault() is { Length: > 0 } cursor ? (cursor, cursors.Read(list, cursor)) : (null, null);
        }
    }
}
