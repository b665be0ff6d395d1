namespace Rpd.Server.Social;

/// <summary>People and who follows whom: profiles, followers, and the feed of those somebody follows.</summary>
public static class SocialParts
{
    public static IServiceCollection AddSocial(this IServiceCollection services) =>
        services.AddSingleton<ProfileQueries>().AddSingleton<FeedQueries>().AddSingleton<LikedWorks>().AddSingleton<ProfilePages.Tabs>().AddSingleton<ToggleFollow>().AddSingleton(ToggleFollow.Followers);
}
