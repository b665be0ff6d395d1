using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Live;
using Rpd.Server.OpenApi;
using Rpd.Shared.Explore;
using Rpd.Web.Explore;
using Rpd.Web.Landing;
using Rpd.Web.Ui;

namespace Rpd.Server.Gallery;

/// <summary>Landing, explore and work pages. Anonymous visitors are served from the output cache until something public changes.</summary>
public static class GalleryPages
{
    public const int PageSize = 48;
    public const string CachePolicy = "gallery";

    public static void MapGalleryPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", Landing).CacheOutput(CachePolicy);
        pages.MapGet("/explore", Explore).CacheOutput(CachePolicy);
        pages.MapWorkPages();
        pages.MapContentSettings();
    }

    /// <summary>Pages of strangers only, kept until the tag is evicted or half a minute has passed.</summary>
    public static IServiceCollection AddGalleryCache(this IServiceCollection services) => services.AddOutputCache(options =>
    {
        options.SizeLimit = 64 * 1024 * 1024;
        options.MaximumBodySize = 512 * 1024;
        options.AddPolicy(CachePolicy, policy => policy.AddPolicy<StrangersOnly>().Tag(LiveFeed.GalleryTag).Expire(TimeSpan.FromSeconds(30)).SetVaryByHeader("Accept-Encoding"));
    });

    private static async Task<IResult> Landing(
        HttpContext http, ExploreQueries explore, MatureChoice choice, ModelCatalog catalog, CreditOptions credits, AccountOptions accounts, OpenApiParts.Published published,
        TimeProvider time)
    {
        var best = await explore.List(new(Sort: "trending"), null, 12, time.GetUtcNow(), http.RequestAborted, await choice.Shown(http.User.AccountId(), http.RequestAborted));
        var running = catalog.All.Where(entry => catalog.Unavailable(entry) is null).ToArray();
        return Pages.Page<LandingPage>(new LandingModel(best.Items, accounts.SignUpOffered, credits.Welcome, running.Length,
            running.Select(entry => entry.Provider).Distinct().Count(), best.Items.Count == 0)
        {
            Prices = CreditExamples.Of(catalog),
            CatalogCount = catalog.All.Count,
            Create = published.Reference.Chapters.SelectMany(chapter => chapter.Endpoints).First(endpoint => endpoint is { Method: "POST", Path: Api.Prefix + "/generations" }),
        });
    }

    private static async Task<IResult> Explore(HttpContext http, ExploreQueries explore, MatureChoice choice, ModelCatalog catalog, Cursors cursors, TimeProvider time)
    {
        // An address somebody mistyped shows the gallery, not an error.
        var filter = ExploreApi.ReadFilter(http.Request.Query) is { Declined: false, Value: { } read } ? read : new ExploreFilter();
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var position = cursor is null ? null : cursors.Read("explore:" + filter.Sort, cursor);
        var mature = await choice.Shown(http.User.AccountId(), http.RequestAborted);
        var (page, models) = await explore.ListWithModels(filter, position, PageSize, time.GetUtcNow(), http.RequestAborted, mature);
        return Pages.Page<ExplorePage>(new ExploreModel(filter, page, position is null ? null : cursor,
            [.. models.Select(id => new Choice(id, catalog.Known(id)?.DisplayName ?? id))], models.Count == 0));
    }
}
