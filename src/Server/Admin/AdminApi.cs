using Rpd.Server.Audit;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Server.Usage;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Audit;
using Rpd.Shared.Usage;

namespace Rpd.Server.Admin;

/// <summary>What the administrators' pages list, for programs. Changes are made on the pages, by people who have shown a second factor.</summary>
public static class AdminApi
{
    public static void MapListsApi(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/users", Users)
            .Describe("List all users", "The newest first. `q` is how an e-mail address, a handle or an id begins.").Filters<UserFilter>().GivesPage<AdminUserSummary>();
        admin.MapGet("/users/{id:guid}", async (Guid id, HttpContext http, UserQueries users) =>
                await users.Find(id, http.RequestAborted) is { } found ? ApiAnswers.Data(found) : ApiAnswers.Refuse(Refusal.NotFound("The user")))
            .Describe("Get a user", "With balance, keys (how they begin and end) and devices.").Gives<AdminUserView>();
        admin.MapGet("/generations", Generations)
            .Describe("List all generations", "The newest first. A request looks through a bounded number of them: a page may be short, or empty, and its cursor leads on.")
            .Filters<AdminGenerationFilter>().GivesPage<AdminGenerationSummary>();
        admin.MapGet("/reports", Reports)
            .Describe("List reported works", "Those with open reports, the longest waiting first, each once.").GivesPage<ReportedWorkView>();
        admin.MapGet("/audit", Audit)
            .Describe("List what administrators changed", "The newest first, with what was before and after.").Filters<AuditFilter>().GivesPage<AuditView>();
        admin.MapGet("/usage", Usage)
            .Describe("Get everybody's usage", "Days of a time zone over all accounts, and the hundred accounts that spent most.").Filters<UsageFilter>().Gives<AdminUsageView>();
    }

    private static async Task<IResult> Users(HttpContext http, UserQueries users, Cursors cursors)
    {
        var (filter, fields) = UserPages.ReadFilter(http);
        var query = ListQuery.Read(http, UserQueries.ListName, cursors, fields.Errors);
        return query.Declined ? ApiAnswers.Refuse(query.Refusal) : ApiAnswers.Page(await users.List(filter, Position(query.Value), query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Generations(HttpContext http, GenerationAdminQueries generations, Cursors cursors)
    {
        var (filter, fields) = GenerationAdminPages.ReadFilter(http);
        var query = ListQuery.Read(http, GenerationAdminQueries.ListName, cursors, fields.Errors);
        return query.Declined ? ApiAnswers.Refuse(query.Refusal) : ApiAnswers.Page(await generations.List(filter, Position(query.Value), query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Reports(HttpContext http, ReportQueries reports, Cursors cursors, PublicAddress address)
    {
        var query = ListQuery.Read(http, ReportQueries.ListName, cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var page = await reports.Waiting(query.Value.Position, query.Value.Limit, http.RequestAborted);
        return ApiAnswers.Page(page with { Items = [.. page.Items.Select(work => work with { Outputs = [.. work.Outputs.Select(output => Rpd.Server.Generations.OutputViews.Whole(output, address))] })] });
    }

    private static async Task<IResult> Audit(HttpContext http, AuditQueries audit, Cursors cursors)
    {
        var (filter, fields) = AuditPages.ReadFilter(http);
        var query = ListQuery.Read(http, AuditQueries.ListName, cursors, fields.Errors);
        return query.Declined ? ApiAnswers.Refuse(query.Refusal) : ApiAnswers.Page(await audit.Page(filter, Position(query.Value), query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Usage(HttpContext http, AdminUsage usage, TimeProvider time)
    {
        var fields = Fields.Of(http.Request.Query);
        var groupBy = fields.Choice("groupBy", UsageGroupings.All) ?? UsageGroupings.Day;
        if (UsageRange.Read(fields, "UTC", time.GetUtcNow()) is not { } range) return ApiAnswers.Refuse(fields.Refusal!);
        var view = await usage.Read(range, groupBy, http.RequestAborted);
        return view.Declined ? ApiAnswers.Refuse(view.Refusal) : ApiAnswers.Data(view.Value);
    }

    private static Guid? Position(ListQuery query) => query.Position is { } position ? Guid.Parse(position) : null;
}
