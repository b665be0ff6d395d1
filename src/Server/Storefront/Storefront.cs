using Rpd.Server.Gallery;

namespace Rpd.Server.Storefront;

/// <summary>
/// What can be made here and what it costs: models, prices, and where search engines find them. Public pages without forms that change anything, so
/// strangers are served from the gallery's cache.
/// </summary>
public static class StorefrontParts
{
    public static IServiceCollection AddStorefront(this IServiceCollection services) => services.AddSingleton<ModelShelf>();

    public static void MapStorefront(this IEndpointRouteBuilder pages)
    {
        var shown = pages.MapGroup("").CacheOutput(GalleryPages.CachePolicy);
        shown.MapGet("/models", (HttpContext http, ModelShelf shelf) => shelf.List(http));
        shown.MapGet("/models/{id}", (string id, HttpContext http, ModelShelf shelf) => shelf.Show(id, http));
        shown.MapPricing();
        shown.MapSiteMap();
    }
}
