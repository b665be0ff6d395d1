using Rpd.Server.ApiKeys;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.Explore;
using Rpd.Shared.Generations;

namespace Rpd.Server.Gallery;

public static class ExploreApi
{
    public static void MapExploreApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/explore", List).TakesCredential()
            .Describe("Browse the gallery", "Published works of everybody.").Filters<ExploreFilter>().GivesPage<ExploreItem>();
        api.MapGet("/explore/{id:guid}", async (Guid id, HttpContext http, ExploreQueries explore, PublicAddress address) =>
            await explore.Find(id, http.RequestAborted) is { } found ? ApiAnswers.Data(Whole(found.Work, address)) : ApiAnswers.Refuse(Refusal.NotFound("The work"))).TakesCredential()
            .Describe("Get a work", "A published work with all that a visitor may see of it; unlisted ones too, for whoever has the address.").Gives<WorkView>();
    }

    private static async Task<IResult> List(HttpContext http, ExploreQueries explore, Cursors cursors, PublicAddress address, TimeProvider time)
    {
        var filter = ReadFilter(http.Request.Query);
        if (filter.Declined) return ApiAnswers.Refuse(filter.Refusal);
        var query = ListQuery.Read(http, "explore:" + filter.Value.Sort, cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var page = await explore.List(filter.Value, query.Value.Position, query.Value.Limit, time.GetUtcNow(), http.RequestAborted);
        return ApiAnswers.Page(new Page<ExploreItem>([.. page.Items.Select(item => Whole(item, address))], page.NextCursor));
    }

    /// <summary>Shared with the page: unknown sorts and periods are named, nothing else can be wrong.</summary>
    public static Outcome<ExploreFilter> ReadFilter(IQueryCollection query)
    {
        var fields = Fields.Of(query);
        var filter = new ExploreFilter(fields.Choice("sort", ExploreSorts.All) ?? "newest", fields.Choice("period", ExplorePeriods.All) ?? "all",
            fields.Choice("type", GenerationTypes.All), fields.Text("model", 200), fields.Text("q", 200));
        return fields.Refusal is { } wrong ? wrong : filter;
    }

    private static ExploreItem Whole(ExploreItem item, PublicAddress address) => item with { Thumbnails = OutputViews.Whole(item.Thumbnails, address) };

    private static WorkView Whole(WorkView work, PublicAddress address) => work with
    {
        Item = Whole(work.Item, address),
        Outputs = [.. work.Outputs.Select(output => OutputViews.Whole(output, address))],
    };
}
