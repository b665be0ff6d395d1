using Rpd.Server.ApiKeys;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Explore;
using Rpd.Shared.Generations;

namespace Rpd.Server.Gallery;

public static class ExploreApi
{
    public static void MapExploreApi(this IEndpointRouteBuilder api)
    {
        var explore = api.MapGroup("/explore");
        explore.MapGet("", List).TakesCredential()
            .Describe("Browse the gallery", "Published works of everybody. Works for adults are there only for accounts that have asked for them.").Filters<ExploreFilter>().GivesPage<ExploreItem>();
        explore.MapGet("/{id:guid}", Read).TakesCredential()
            .Describe("Get a work", "A published work with all that a visitor may see of it; unlisted ones too, for whoever has the address.").Gives<WorkView>();
        explore.MapPost("/{id:guid}/like", Like).Needs(Scopes.Social)
            .Describe("Like a work", "Or take it back: each call changes it.").Gives<LikeView>(example: """{"liked":true,"likeCount":13}""");
        explore.MapPost("/{id:guid}/report", Report).Needs(Scopes.Social)
            .Describe("Report a work", "A moderator reads it. Sent again while it is open, it is the same report with the newer words.")
            .Takes<NewReportBody>("""{"reason":"copyright","details":"This is my photograph."}""").Gives<ReportView>();
    }

    private static async Task<IResult> List(HttpContext http, ExploreQueries explore, MatureChoice choice, LikedByCaller liked, Cursors cursors, PublicAddress address, TimeProvider time)
    {
        // Who searches without a word about the order wants the best of it, and of that what is recent.
        var filter = ReadFilter(http.Request.Query, http.Request.Query.ContainsKey("q") ? "trending" : "newest");
        var query = ListQuery.Read(http, "explore:" + filter.Value?.Sort, cursors, filter.Refusal?.Details);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var page = await explore.List(filter.Value!, query.Value.Position, query.Value.Limit, time.GetUtcNow(), http.RequestAborted,
            await choice.Shown(http.OptionalCredential()?.AccountId, http.RequestAborted));
        return await Answer(page, http, liked, address);
    }

    /// <summary>A page of works as programs get it, wherever it comes from.</summary>
    public static async Task<IResult> Answer(Page<ExploreItem> page, HttpContext http, LikedByCaller liked, PublicAddress address) =>
        ApiAnswers.Page(new Page<ExploreItem>(await Whole(page.Items, http, liked, address), page.NextCursor));

    public static async Task<IReadOnlyList<ExploreItem>> Whole(IReadOnlyList<ExploreItem> items, HttpContext http, LikedByCaller liked, PublicAddress address)
    {
        var seen = await liked.Fill(items, http.OptionalCredential()?.AccountId, http.RequestAborted);
        return [.. seen.Select(item => item with { Thumbnails = OutputViews.Whole(item.Thumbnails, address), Author = Whole(item.Author, address) })];
    }

    public static AuthorView Whole(AuthorView author, PublicAddress address) => author.AvatarUrl is null ? author : author with { AvatarUrl = address.Link(author.AvatarUrl) };

    /// <summary>Shared with the page: unknown sorts and periods are named, nothing else can be wrong.</summary>
    public static Outcome<ExploreFilter> ReadFilter(IQueryCollection query, string sort = "newest")
    {
        var fields = Fields.Of(query);
        var filter = new ExploreFilter(fields.Choice("sort", ExploreSorts.All) ?? sort, fields.Choice("period", ExplorePeriods.All) ?? "all",
            fields.Choice("type", GenerationTypes.All), fields.Text("model", 200), fields.Text("q", 200), fields.Text("tag", 100), fields.Choice("aspect", WorkShapes.All));
        return fields.Refusal is { } wrong ? wrong : filter;
    }

    private static async Task<IResult> Read(Guid id, HttpContext http, WorkQueries works, LikedByCaller liked, PublicAddress address)
    {
        if (await works.Find(id, http.RequestAborted) is not { } found) return ApiAnswers.Refuse(Refusal.NotFound("The work"));
        var card = (await Whole([found.Work], http, liked, address))[0];
        return ApiAnswers.Data(found.Work with
        {
            Thumbnails = card.Thumbnails,
            Author = card.Author,
            Liked = card.Liked,
            Outputs = [.. found.Work.Outputs.Select(output => OutputViews.Whole(output, address))],
        });
    }

    private static async Task<IResult> Like(Guid id, HttpContext http, ToggleLike toggle)
    {
        var answer = await toggle.Run(http.Credential().AccountId, id, http.RequestAborted);
        return answer.Declined ? ApiAnswers.Refuse(answer.Refusal) : ApiAnswers.Data(answer.Value);
    }

    private static async Task<IResult> Report(Guid id, HttpContext http, ReportWork report)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var (reason, details) = (fields.Choice("reason", ReportReasons.All, required: true), fields.Text("details", 2000));
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var answer = await report.Run(http.Credential().AccountId, id, reason!, string.IsNullOrWhiteSpace(details) ? null : details.Trim(), http.RequestAborted);
        return answer.Declined ? ApiAnswers.Refuse(answer.Refusal) : ApiAnswers.Data(answer.Value);
    }
}
