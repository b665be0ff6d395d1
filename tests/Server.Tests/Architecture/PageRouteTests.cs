using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Rpd.E2E.Support;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Architecture;

/// <summary>The journeys know HTTP only, so their list of pages (compiled in here) is held against the server's routes where those can be read.</summary>
public sealed class PageRouteTests(TestPostgres postgres)
{
    [Fact]
    public async Task Every_page_has_its_line_in_the_list_that_the_browser_walks_or_a_reason()
    {
        await using var app = await App.Scripted(postgres);
        var pages = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequireAntiforgeryTokenAttribute>() is not null && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(endpoint => endpoint.RoutePattern).ToArray();
        var id = Guid.Empty.ToString();
        var things = new Things("somebody@example.org", "somebody", id, id, id, id, id, id, id);
        var walked = Addresses.Public(things).Concat(Addresses.Own(things)).Concat(Addresses.Admin).Select(address => address.Split('?')[0])
            .Select(path => pages.Where(page => Fits(page, path)).MinBy(page => page.InboundPrecedence)).OfType<RoutePattern>().Select(Text).ToArray();
        string[] known = [.. walked, .. Addresses.Reached, .. Addresses.NoPages.Keys];

        var routes = pages.Select(Text).ToArray();
        Assert.True(routes.Length > 80, $"{routes.Length} routes");
        Assert.Equal([], routes.Except(known).Order());
        Assert.Equal([], known.Except(routes).Order());
        Assert.Empty(Addresses.NoPages.Keys.Intersect(walked));
    }

    private static string Text(RoutePattern page) => page.RawText is { Length: > 1 } text ? text.TrimEnd('/') : "/";

    private static bool Fits(RoutePattern page, string path) => Regex.IsMatch(path, "^/" + string.Join('/', page.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Part)))) + "$");

    private static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => Regex.Escape(literal.Content),
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "guid") => "[0-9a-f-]{36}",
        _ => "[^/]+",
    };
}
