using Rpd.Server.ApiKeys;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Explore;
using Rpd.Shared.Social;

namespace Rpd.Server.Social;

public static class SocialApi
{
    private delegate Task<Page<T>> Listing<T>(Guid account, string? position, int limit, CancellationToken cancel);

    public static void MapSocialApi(this IEndpointRouteBuilder api)
    {
        var social = api.MapGroup("/social");
        Of(social.MapGet("/profile/{user}", Profile).TakesCredential().Describe("Get a profile", "Counters and the first works of somebody.")).Gives<ProfileView>();
        Of(social.MapGet("/profile/{user}/works", Works).TakesCredential().Describe("List the works of a user", "Their public works, newest first.")).GivesPage<ExploreItem>();
        // The lists stand beside the profile, and beside what changes them.
        foreach (var path in new[] { "/profile/{user}", "/follow/{user}" })
        {
            var where = path.StartsWith("/follow", StringComparison.Ordinal) ? " (beside follow)" : "";
            Of(social.MapGet(path + "/followers", (string user, HttpContext http, ProfileQueries profiles, Cursors cursors, PublicAddress address) =>
                People(user, "followers", profiles.Followers, http, profiles, cursors, address)).TakesCredential().Describe("List followers" + where, "Whoever follows them, the latest first.")).GivesPage<FollowView>();
            Of(social.MapGet(path + "/following", (string user, HttpContext http, ProfileQueries profiles, Cursors cursors, PublicAddress address) =>
                People(user, "following", profiles.Following, http, profiles, cursors, address)).TakesCredential().Describe("List whom a user follows" + where, "The latest first.")).GivesPage<FollowView>();
        }
        Of(social.MapPost("/follow/{user}", Follow).Needs(Scopes.Social).Describe("Follow a user", "Or cease to: each call changes it. One can follow 5,000 people."))
            .Gives<FollowedView>(example: """{"following":true,"followerCount":3}""").Refuses("VALIDATION_ERROR", "CONFLICT");
        social.MapGet("/feed", Feed).Needs(Scopes.Read).Describe("Get your feed", "Works of those you follow, newest first.").GivesPage<ExploreItem>();
    }

    private static IEndpointConventionBuilder Of(IEndpointConventionBuilder endpoint) => endpoint.InPath("user", "The user's id, or the handle after an @.", "@ada");

    private static async Task<IResult> Profile(string user, HttpContext http, ProfileQueries profiles, FeedQueries feeds, MatureChoice choice, LikedByCaller liked, PublicAddress address)
    {
        var mature = await choice.Shown(http.OptionalCredential()?.AccountId, http.RequestAborted);
        if (await profiles.Who(user, http.RequestAborted) is not { } account
            || await profiles.Find(account, http.OptionalCredential()?.AccountId, http.RequestAborted, mature) is not { } profile) return Nobody;
        var works = await feeds.Of(account, position: null, limit: 20, http.RequestAborted, mature);
        return ApiAnswers.Data(profile with { AvatarUrl = address.LinkOr(profile.AvatarUrl), Works = await ExploreApi.Whole(works.Items, http, liked, address) });
    }

    private static async Task<IResult> Works(string user, HttpContext http, ProfileQueries profiles, FeedQueries feeds, MatureChoice choice, LikedByCaller liked, Cursors cursors, PublicAddress address)
    {
        var query = ListQuery.Read(http, "works", cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        if (await profiles.Who(user, http.RequestAborted) is not { } account) return Nobody;
        var mature = await choice.Shown(http.OptionalCredential()?.AccountId, http.RequestAborted);
        return await ExploreApi.Answer(await feeds.Of(account, query.Value.Position, query.Value.Limit, http.RequestAborted, mature), http, liked, address);
    }

    private static async Task<IResult> People(string user, string list, Listing<FollowView> people, HttpContext http, ProfileQueries profiles, Cursors cursors, PublicAddress address)
    {
        var query = ListQuery.Read(http, list, cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        if (await profiles.Who(user, http.RequestAborted) is not { } account) return Nobody;
        var page = await people(account, query.Value.Position, query.Value.Limit, http.RequestAborted);
        return ApiAnswers.Page(new Page<FollowView>([.. page.Items.Select(person => person with { AvatarUrl = address.LinkOr(person.AvatarUrl) })], page.NextCursor));
    }

    private static async Task<IResult> Follow(string user, HttpContext http, ProfileQueries profiles, ToggleFollow toggle)
    {
        if (await profiles.Who(user, http.RequestAborted) is not { } followee) return Nobody;
        var answer = await toggle.Run(http.Credential().AccountId, followee, http.RequestAborted);
        return answer.Declined ? ApiAnswers.Refuse(answer.Refusal) : ApiAnswers.Data(answer.Value);
    }

    private static async Task<IResult> Feed(HttpContext http, FeedQueries feeds, MatureChoice choice, LikedByCaller liked, Cursors cursors, PublicAddress address)
    {
        var query = ListQuery.Read(http, "feed", cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var mature = await choice.Shown(http.Credential().AccountId, http.RequestAborted);
        return await ExploreApi.Answer(await feeds.For(http.Credential().AccountId, query.Value.Position, query.Value.Limit, http.RequestAborted, mature), http, liked, address);
    }

    private static IResult Nobody => ApiAnswers.Refuse(Refusal.NotFound("The user"));
}
