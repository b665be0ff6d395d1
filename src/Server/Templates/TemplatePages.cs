using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Shared.Templates;
using Rpd.Web.Templates;
using Rpd.Web.Ui;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Templates;

/// <summary>The page of templates, and the form for one's own. The gaps of a prompt are described once the prompt is known, so a new template leads to its form again.</summary>
public static class TemplatePages
{
    private const int PageSize = 60;

    public static void MapTemplatePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/templates", List);
        var own = pages.MapGroup("/templates").RequireAuthorization();
        own.MapGet("/new", (HttpContext http, ModelCatalog catalog) => Form(new() { Type = http.Request.Query["type"], Prompt = http.Request.Query["prompt"], Model = http.Request.Query["model"] }, null, FormErrors.None, catalog));
        own.MapPost("/new", Create);
        own.MapGet("/{id:guid}", Edit);
        own.MapPost("/{id:guid}", Change);
        own.MapPost("/{id:guid}/delete", async (Guid id, HttpContext http, DeleteTemplate delete) =>
            await delete.Run(http.User.AccountId()!.Value, id, http.RequestAborted) ? See("/templates") : Results.NotFound());
        own.MapGet("/{id:guid}/delete", (Guid id) => See($"/templates/{id}"));
    }

    private static async Task<IResult> List(HttpContext http, TemplateQueries templates, ModelCatalog catalog, Cursors cursors)
    {
        var fields = Fields.Of(http.Request.Query);
        var type = fields.Choice("type", GenerationTypes.All);
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var last = cursor is not null && cursors.Read("templates", cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        var page = await templates.List(http.User.AccountId(), new(type, null), last, PageSize, http.RequestAborted);
        return Page<TemplatesPage>(new TemplatesModel(type, page, last is null ? null : cursor, page.Items.Select(template => template.Model).OfType<string>().Distinct()
            .ToDictionary(id => id, id => catalog.Known(id)?.DisplayName ?? id)));
    }

    private static async Task<IResult> Create(HttpContext http, CreateTemplate create, ModelCatalog catalog)
    {
        var form = await Read(http);
        var made = await create.Run(http.User.AccountId()!.Value, TemplateWish.Read(Json(form), whole: true), http.RequestAborted);
        if (made.Declined) return Form(form, null, FormErrors.Of(made.Refusal), catalog, StatusOf(made.Refusal));
        return See(made.Value.Placeholders.Count > 0 ? $"/templates/{made.Value.Id}?new=yes" : "/templates");
    }

    private static async Task<IResult> Edit(Guid id, HttpContext http, TemplateQueries templates, ModelCatalog catalog)
    {
        var found = await templates.Find(id, http.User.AccountId(), http.RequestAborted);
        if (found is not { Curated: false }) return Results.NotFound();
        return Form(new()
        {
            Title = found.Title,
            Type = found.Type,
            Prompt = found.Prompt,
            Model = found.Model,
            Gaps = [.. found.Placeholders.Select(gap => new TemplateGap(gap.Name, gap.Label, gap.Default))],
        }, id, FormErrors.None, catalog, justMade: http.Request.Query.ContainsKey("new"));
    }

    private static async Task<IResult> Change(Guid id, HttpContext http, ChangeTemplate change, ModelCatalog catalog)
    {
        var form = await Read(http);
        var changed = await change.Run(http.User.AccountId()!.Value, id, TemplateWish.Read(Json(form), whole: true), http.RequestAborted);
        if (changed is { Declined: true, Refusal.Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (changed.Declined) return Form(form, id, FormErrors.Of(changed.Refusal), catalog, StatusOf(changed.Refusal));
        // A gap that has just been written has not been described yet.
        return See(changed.Value.Placeholders.Any(gap => form.Gaps.All(known => known.Name != gap.Name)) ? $"/templates/{id}?new=yes" : "/templates");
    }

    private static IResult Form(TemplateForm form, Guid? id, FormErrors errors, ModelCatalog catalog, int status = 200, bool justMade = false) => Page<TemplatePage>(
        new TemplatePageModel(form, id, errors, [.. catalog.All.OrderBy(entry => entry.DisplayName, StringComparer.OrdinalIgnoreCase).Select(entry => new Choice(entry.Id, entry.DisplayName))], justMade), status);

    private static async Task<TemplateForm> Read(HttpContext http)
    {
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var prompt = posted["prompt"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        var names = TemplateWish.Gaps(prompt);
        return new()
        {
            Title = posted["title"],
            Type = posted["type"],
            Prompt = prompt,
            Model = posted["model"],
            // What was said about a gap that is gone goes with it.
            Gaps = [.. names.Where(name => posted.ContainsKey($"gap.{name}.label")).Select(name => new TemplateGap(name, posted[$"gap.{name}.label"], posted[$"gap.{name}.default"]))],
        };
    }

    // In the words of the API: one reading and one set of rules for both.
    private static JsonElement Json(TemplateForm form) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["title"] = form.Title,
        ["type"] = form.Type,
        ["prompt"] = form.Prompt,
        ["model"] = string.IsNullOrWhiteSpace(form.Model) ? null : form.Model,
        ["placeholders"] = new JsonArray([.. form.Gaps.Select(gap => (JsonNode)new JsonObject
        {
            ["name"] = gap.Name,
            ["label"] = gap.Label,
            ["default"] = string.IsNullOrWhiteSpace(gap.Default) ? null : gap.Default,
        })]),
    });
}
