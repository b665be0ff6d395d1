namespace Rpd.Server.Gallery;

/// <summary>What others see: the public works, newest, best or on the rise, and the pages that show them.</summary>
public static class GalleryParts
{
    public static IServiceCollection AddGallery(this IServiceCollection services) => services.AddSingleton<ExploreQueries>();
}
