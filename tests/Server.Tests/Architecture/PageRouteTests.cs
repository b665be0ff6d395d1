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
        var things = new Things("somebody@example.org", "somebody", id, id, id, id, id, id, id, id);
        var walked = Addresses.Public(things).Concat(Addresses.Own(things)).Concat(Addresses.Admin).Select(address => address.Split('?')[0])
            .Select(path => pages.Where(page => Fits(page, path)).MinBy(page => page.InboundPrecedence)).OfType<RoutePattern>().Select(Text).ToArray();
        string[] known = [.. walked, .. Addresses.Reached, .. Addresses.NoPages.Keys];

        var routes = pages.Select(Text).ToArray();
        Assert.True(routes.Length > 80, $"{routes.Length} routes");
        Assert.Equal([], routes.Except(known).Order());
        Assert.Equal([], known.Except(routes).Order());
        Assert.Empty(Addresses.NoPages.Keys.Intersect(walked));
    }

    [Fact]
    public async Task Every_form_that_comes_without_its_token_is_refused()
    {
        await using var app = await App.Start(postgres);
        var forms = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequireAntiforgeryTokenAttribute>() is not null && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == false).ToArray();
        var visitor = await PageVisitor.SignIn(app, (await app.Caller(admin: true)).Account);
        var stranger = new PageVisitor(app.CreateClient());

        var answers = new List<string>();
        foreach (var form in forms)
        {
            var path = string.Concat(form.RoutePattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(Sample))));
            var who = (path.StartsWith("/sign-", StringComparison.Ordinal) && path != "/sign-out") || path is "/request-access" or "/invite" ? stranger : visitor;
            using var answer = await who.PostBare(path, ("name", "anything"));
            if ((int)answer.StatusCode != 400) answers.Add($"{path}: {(int)answer.StatusCode}");
        }
        Assert.True(forms.Length > 80, $"{forms.Length} forms");
        Assert.Equal([], answers);
    }

    private static string Sample(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "guid") => Guid.Empty.ToString(),
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "long") => "1",
        _ => "anything",
    };

    private static string Text(RoutePattern page) => page.RawText is { Length: > 1 } text ? text.TrimEnd('/') : "/";

    private static bool Fits(RoutePattern page, string path) => Regex.IsMatch(path, "^/" + string.Join('/', page.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Part)))) + "$");

    private static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => Regex.Escape(literal.Content),
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "guid") => "[0-9a-f-]{36}",
        _ => "[^/]+",
    };
}
