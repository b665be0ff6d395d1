using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Generations;
using Rpd.Shared.Templates;

namespace Rpd.Server.Templates;

public static class TemplatesApi
{
    public static void MapTemplatesApi(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/templates");
        templates.MapGet("", List).TakesCredential()
            .Describe("List templates", "Your own, newest first, and after them the curated ones.").Filters<TemplateFilter>().GivesPage<TemplateView>();
        templates.MapGet("/{id:guid}", async (Guid id, HttpContext http, TemplateQueries all) =>
            await all.Find(id, http.OptionalCredential()?.AccountId, http.RequestAborted) is { } found ? ApiAnswers.Data(found) : Missing).TakesCredential()
            .Describe("Get a template", "A curated one, or your own.").Gives<TemplateView>();
        templates.MapPost("", Create).Needs(Scopes.Social)
            .Describe("Save a template", "A prompt of your own with gaps.")
            .Takes<NewTemplateBody>("""{"title":"Lighthouse","type":"text2image","prompt":"A lighthouse in {weather}","placeholders":[{"name":"weather","label":"Weather","default":"fog"}],"model":"studio-sketch"}""")
            .Gives<TemplateView>(201).Refuses("CONFLICT");
        templates.MapPatch("/{id:guid}", Change).Needs(Scopes.Social)
            .Describe("Change a template", "One of your own; what is not mentioned stays.").Takes<TemplateChangeBody>("""{"title":"Lighthouse at night"}""").Gives<TemplateView>();
        templates.MapDelete("/{id:guid}", Delete).Needs(Scopes.Social)
            .Describe("Delete a template", "One of your own.").Gives<DeletedView>(example: """{"deleted":true}""");
    }

    private static async Task<IResult> List(HttpContext http, TemplateQueries templates, Cursors cursors)
    {
        var fields = Fields.Of(http.Request.Query);
        var filter = new TemplateFilter(fields.Choice("type", GenerationTypes.All), fields.Choice("owner", TemplateOwners.All));
        var query = ListQuery.Read(http, "templates", cursors, fields.Errors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var last = query.Value.Position is { } position ? Guid.Parse(position) : (Guid?)null;
        return ApiAnswers.Page(await templates.List(http.OptionalCredential()?.AccountId, filter, last, query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Create(HttpContext http, CreateTemplate create)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var made = await create.Run(http.Credential().AccountId, TemplateWish.Read(body.Value.Object, whole: true), http.RequestAborted);
        if (made.Declined) return ApiAnswers.Refuse(made.Refusal);
        http.Response.Headers.Location = $"{Api.Prefix}/templates/{made.Value.Id}";
        return ApiAnswers.Data(made.Value, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Change(Guid id, HttpContext http, ChangeTemplate change)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var changed = await change.Run(http.Credential().AccountId, id, TemplateWish.Read(body.Value.Object, whole: false), http.RequestAborted);
        return changed.Declined ? ApiAnswers.Refuse(changed.Refusal) : ApiAnswers.Data(changed.Value);
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, DeleteTemplate delete) =>
        await delete.Run(http.Credential().AccountId, id, http.RequestAborted) ? ApiAnswers.Data(new DeletedView(id, Deleted: true)) : Missing;

    private static IResult Missing => ApiAnswers.Refuse(Refusal.NotFound("The template"));
}
