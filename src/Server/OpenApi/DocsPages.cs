using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Web.Docs;

namespace Rpd.Server.OpenApi;

/// <summary>The documentation: a guide, and a page for each chapter of the reference.</summary>
public static class DocsPages
{
    public static void MapDocsPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/docs", (OpenApiParts.Published published, PlanList plans) =>
        {
            var limits = plans.Names.Select(plans.Of).OrderBy(plan => plan.GeneralPerMinute).Select(plan => new PlanLimits(plan.Name, plan.GeneralPerMinute, plan.GenerationsPerMinute));
            return Pages.Page<GuidePage>(new GuideModel(
                published.Reference.BaseAddress, published.Reference.Chapters, Codes, [.. limits], published.Document["info"]!["version"]!.GetValue<string>()));
        });
        pages.MapGet("/docs/{chapter}", (string chapter, OpenApiParts.Published published) =>
            published.Reference.Chapters.FirstOrDefault(known => known.Name == chapter) is { } found
                ? Pages.Page<ChapterPage>(new ChapterModel(published.Reference.BaseAddress, published.Reference.Chapters, found)) : Results.NotFound());
    }

    private static IReadOnlyList<DocsRefusal> Codes { get; } = [.. ErrorCodes.All.Select(code => new DocsRefusal(code.Status, code.Code, code.Meaning))];
}
