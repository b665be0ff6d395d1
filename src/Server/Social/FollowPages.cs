using Rpd.Server.Accounts;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Shared.Social;
using Rpd.Web.Social;

namespace Rpd.Server.Social;

/// <summary>Following somebody, and what those whom one follows have published.</summary>
public static class FollowPages
{
    public static void MapFollowPages(this IEndpointRouteBuilder pages)
    {
        pages.MapPost("/@{handle}/follow", Follow).RequireAuthorization();
        // Where signing in leads back to, and a reload after a refused form: following itself is never done by an address.
        pages.MapGet("/@{handle}/follow", (string handle) => Pages.See($"/@{Uri.EscapeDataString(handle)}"));
        pages.MapGet("/following", Feed).RequireAuthorization();
    }

    private static async Task<IResult> Follow(string handle, HttpContext http, ProfileQueries profiles, ToggleFollow toggle, MatureChoice choice, ProfilePages.Tabs tabs)
    {
        var (viewer, cancel) = (http.User.AccountId()!.Value, http.RequestAborted);
        if (await profiles.Who("@" + handle, cancel) is not { } account || await profiles.Find(account, viewer, cancel, await choice.Shown(viewer, cancel)) is not { } profile) return Results.NotFound();
        var back = Pages.Local(http.Request.Form["returnUrl"], $"/@{profile.Handle}");
        // The form says what is wished for: a page that is out of date, or a second click, must not turn it round.
        var changed = await toggle.Run(viewer, account, cancel, wish: http.Request.Form["follow"].ToString() switch { "yes" => true, "no" => false, _ => null });
        if (changed is { Declined: true, Refusal: var refused })
            return Pages.TakesStreams(http.Request) ? Pages.Streams<FollowedStream>(new FollowedModel(profile, back, refused.Message)) : await tabs.Show(profile.Handle, ProfileTab.Works, http, refused);
        return Pages.TakesStreams(http.Request)
            ? Pages.Streams<FollowedStream>(new FollowedModel(profile with { IsFollowing = changed.Value!.Following, FollowerCount = changed.Value.FollowerCount }, back)) : Pages.See(back);
    }

    private static async Task<IResult> Feed(HttpContext http, FeedQueries feeds, ProfileQueries profiles, MatureChoice choice, LikedByCaller liked, Cursors cursors)
    {
        var (viewer, cancel) = (http.User.AccountId()!.Value, http.RequestAborted);
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var position = string.IsNullOrEmpty(cursor) ? null : cursors.Read("feed", cursor);
        var page = await feeds.For(viewer, position, GalleryPages.PageSize, cancel, await choice.Shown(viewer, cancel));
        var somebody = page.Items.Count > 0 || await profiles.Find(viewer, viewer, cancel, mature: true) is { FollowingCount: > 0 };
        return Pages.Page<FollowingPage>(new FollowingModel(page with { Items = await liked.Fill(page.Items, viewer, cancel) }, position is null ? null : cursor, somebody));
    }
}
