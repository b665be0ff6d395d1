using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Generations;
using Rpd.Shared.Templates;

namespace Rpd.Server.Templates;

public static class TemplatesApi
{
    private const int TemplatesMax = 1_000;

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

    private static async Task<IResult> Create(HttpContext http, AppDb db, ModelCatalog catalog, TimeProvider time)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var wish = TemplateWish.Read(body.Value, whole: true);
        var placeholders = TemplateWish.Fit(wish.Prompt ?? "", wish.Placeholders ?? [], wish.Mistakes);
        Check(wish, catalog);
        if (wish.Mistakes.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var account = http.Credential().AccountId;
        if (await db.Templates.CountAsync(row => row.AccountId == account, http.RequestAborted) >= TemplatesMax)
            return ApiAnswers.Refuse(Refusal.Conflict($"You have {TemplatesMax} templates, which is as many as one can."));
        var now = time.GetUtcNow();
        var made = new Template
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            Title = wish.Title!,
            Type = wish.Type!,
            Prompt = wish.Prompt!,
            Placeholders = JsonSerializer.SerializeToElement(placeholders, JsonSerializerOptions.Web),
            Model = wish.Model,
            CreatedAt = now,
        };
        db.Templates.Add(made);
        await db.SaveChangesAsync(http.RequestAborted);
        http.Response.Headers.Location = $"{Api.Prefix}/templates/{made.Id}";
        return ApiAnswers.Data(TemplateQueries.View(made), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Change(Guid id, HttpContext http, AppDb db, ModelCatalog catalog)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var account = http.Credential().AccountId;
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        if (await db.Templates.FromSql($"select * from templates where id = {id} and account_id = {account} for update").SingleOrDefaultAsync(http.RequestAborted) is not { } row) return Missing;
        var wish = TemplateWish.Read(body.Value, whole: false);
        row.Title = wish.Title ?? row.Title;
        row.Type = wish.Type ?? row.Type;
        row.Model = wish.ChangeModel ? wish.Model : row.Model;
        if (wish.Prompt is not null || wish.Placeholders is not null)
        {
            row.Prompt = wish.Prompt ?? row.Prompt;
            // A new prompt keeps what was said about the gaps that it still has.
            var described = wish.Placeholders ?? [.. TemplateQueries.View(row).Placeholders.Where(known => row.Prompt.Contains($"{{{known.Name}}}", StringComparison.Ordinal))];
            row.Placeholders = JsonSerializer.SerializeToElement(TemplateWish.Fit(row.Prompt, described, wish.Mistakes), JsonSerializerOptions.Web);
        }
        Check(wish, catalog);
        if (wish.Mistakes.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return ApiAnswers.Data(TemplateQueries.View(row));
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, AppDb db)
    {
        var account = http.Credential().AccountId;
        return await db.Templates.Where(row => row.Id == id && row.AccountId == account).ExecuteDeleteAsync(http.RequestAborted) > 0
            ? ApiAnswers.Data(new DeletedView(id, Deleted: true)) : Missing;
    }

    private static void Check(TemplateWish wish, ModelCatalog catalog)
    {
        if (wish.Model is { } model && catalog.Find(model) is null) wish.Mistakes.Wrong("model", $"model {model} is not in the catalogue.");
    }

    private static IResult Missing => ApiAnswers.Refuse(Refusal.NotFound("The template"));
}
