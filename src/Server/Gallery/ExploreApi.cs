using Rpd.Server.ApiKeys;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Explore;
using Rpd.Shared.Generations;

namespace Rpd.Server.Gallery;

public static class ExploreApi
{
    public static void MapExploreApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/explore", List).TakesCredential();
        api.MapGet("/explore/{id:guid}", async (Guid id, HttpContext http, ExploreQueries explore, PublicAddress address) =>
            await explore.Find(id, http.RequestAborted) is { } found ? ApiAnswers.Data(Whole(found.Work, address)) : ApiAnswers.Refuse(Refusal.NotFound("The work"))).TakesCredential();
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
        var wrong = new List<FieldError>();
        var filter = new ExploreFilter(Choice("sort", ["newest", "trending", "top"]) ?? "newest", Choice("period", ["day", "week", "month", "all"]) ?? "all",
            Choice("type", GenerationTypes.All), Text("model"), Text("q"));
        return wrong.Count > 0 ? Refusal.Invalid(wrong) : filter;

        string? Text(string name)
        {
            if (query[name].FirstOrDefault() is not { Length: > 0 } text) return null;
            if (text.Length <= 200 && !text.Contains('\0', StringComparison.Ordinal)) return text;
            wrong.Add(new(name, $"{name} is not valid."));
            return null;
        }
        string? Choice(string name, IReadOnlyList<string> allowed)
        {
            var text = Text(name);
            if (text is null || allowed.Contains(text)) return text;
            wrong.Add(new(name, $"{name} must be one of: {string.Join(", ", allowed)}."));
            return null;
        }
    }

    private static ExploreItem Whole(ExploreItem item, PublicAddress address) => item with { Thumbnails = OutputViews.Whole(item.Thumbnails, address) };

    private static WorkView Whole(WorkView work, PublicAddress address) => work with
    {
        Item = Whole(work.Item, address),
        Outputs = [.. work.Outputs.Select(output => OutputViews.Whole(output, address))],
    };
}
