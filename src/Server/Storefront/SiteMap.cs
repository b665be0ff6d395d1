using System.Text;
using System.Xml.Linq;
using Rpd.Server.Catalog;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared.Explore;

namespace Rpd.Server.Storefront;

/// <summary>For search engines: where they may go, and what there is. Bounded, whatever the size of the gallery.</summary>
public static class SiteMap
{
    private const int WorksMax = 1_000;

    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>Pages of one's own, and addresses that only programs use.</summary>
    private static readonly string[] Private =
        ["/playground", "/library", "/compare", "/following", "/events", "/keys", "/credits", "/settings", "/tokens", "/webhooks", "/usage", "/notifications", "/admin", "/templates/new", "/sign-in", "/sign-up", "/v1/", "/live", "/health"];

    public static void MapSiteMap(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/robots.txt", (PublicAddress address) => Results.Text(
            $"User-agent: *\n{string.Concat(Private.Select(path => $"Disallow: {path}\n"))}\nSitemap: {address.Link("/sitemap.xml")}\n", "text/plain", Encoding.UTF8));
        pages.MapGet("/sitemap.xml", async (HttpContext http, ExploreQueries explore, ModelCatalog catalog, OpenApiParts.Published published, PublicAddress address, TimeProvider time) =>
        {
            string[] fixedPages = ["/", "/explore", "/models", "/templates", "/pricing", "/docs", .. published.Reference.Chapters.Select(chapter => chapter.Address)];
            var works = await explore.List(new ExploreFilter(), null, WorksMax, time.GetUtcNow(), http.RequestAborted);
            var all = fixedPages.Select(path => Entry(address.Link(path)))
                .Concat(catalog.All.Select(entry => Entry(address.Link("/models/" + entry.Id))))
                .Concat(works.Items.Select(work => Entry(address.Link($"/works/{work.Id}"), work.PublishedAt)));
            return Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement(Map + "urlset", all)}", "application/xml", Encoding.UTF8);
        });
    }

    private static XElement Entry(string address, DateTimeOffset? changed = null) =>
        new(Map + "url", new XElement(Map + "loc", address), changed is { } at ? new XElement(Map + "lastmod", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)) : null);
}
