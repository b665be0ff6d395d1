namespace Rpd.Server.Gallery;

/// <summary>
/// What others see: the public works, newest, best or on the rise, and the pages that show them; likes, which rank them, and reports, which a
/// moderator reads. <see cref="Works"/> has the one rule of who sees what.
/// </summary>
public static class GalleryParts
{
    public static IServiceCollection AddGallery(this IServiceCollection services) => services
        .AddSingleton<ExploreQueries>().AddSingleton<WorkQueries>().AddSingleton<WordCounts>().AddSingleton<FoundWorks>().AddSingleton<LikedByCaller>().AddSingleton<ToggleLike>().AddSingleton(ToggleLike.Likes).AddSingleton<ReportWork>().AddSingleton<RankWorks>()
        .AddSingleton<MatureChoice>().AddSingleton<Lineage>().AddSingleton<RelatedWorks>();
}
