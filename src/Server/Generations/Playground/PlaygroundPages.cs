using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Templates;
using Rpd.Shared;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>Where a person makes things: the form, its price, and what came of it. The form speaks the API's field names.</summary>
public static class PlaygroundPages
{
    private const int TemplatesShown = 40;

    public static void MapPlaygroundPages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/playground").RequireAuthorization();
        own.MapGet("", Show);
        own.MapGet("/price", Price);
        own.MapGet("/good-for", GoodFor);
        own.MapGet("/choices", Choices);
        own.MapGet("/templates", Templates);
        own.MapInputs((fields, catalog, keys) =>
        {
            var form = PlaygroundForms.Settle(PlaygroundForm.Read(fields), catalog, keys);
            return new(form, PlaygroundForms.Slots(form, catalog), form.Desk);
        });
        // Reloading a refused form without scripts leads back.
        var forms = own.TakingFiles();
        forms.MapPost("", RunForm.Run);
        forms.MapPost("/form", ChangeForm.Change);
        forms.MapPost("/enhance", ChangeForm.Enhance);
        foreach (var path in new[] { "/form", "/enhance", "/upload" }) own.MapGet(path, () => Pages.See("/playground"));
    }

    private static async Task<IResult> Show(HttpContext http, AskedForm asked, DrawPlayground draw)
    {
        var account = http.User.AccountId()!.Value;
        return Pages.Page<PlaygroundPage>(await draw.Run(account, await asked.Read(account, http.Request.Query, http.RequestAborted), FormErrors.None, http.RequestAborted));
    }

    // For the frames of these names. Anybody else who comes here (from sign-in, after a session has ended) wants a page.
    private static IResult? Whole(HttpContext http) => http.Request.Headers.ContainsKey("Turbo-Frame") ? null : Pages.See("/playground" + http.Request.QueryString);

    private static async Task<IResult> Price(HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, CreditQueries credits)
    {
        if (Whole(http) is { } page) return page;
        var account = http.User.AccountId()!.Value;
        var balance = await credits.Balance(account, http.RequestAborted);
        var form = Read(http, catalog);
        return Pages.Page<PricePanel>(PlaygroundForms.PriceOf(form, catalog, balance.Balance, await keys.Of(account, http.RequestAborted), await lengths.Of(account, form, http.RequestAborted)));
    }

    private static async Task<IResult> GoodFor(HttpContext http, ModelCatalog catalog, IOwnKeys keys, RecommendModels recommend)
    {
        if (Whole(http) is { } page) return page;
        var form = Read(http, catalog);
        var ranked = string.IsNullOrWhiteSpace(form.Prompt) ? [] : await recommend.Run(form.Prompt, form.Type, priority: null, maxCredits: null, await keys.Of(http.User.AccountId()!.Value, http.RequestAborted), http.RequestAborted);
        // The page carries what is typed over to the other model; the address need not.
        return Pages.Page<GoodFor>(GoodForModel.Of(form with { Prompt = null }, ranked));
    }

    // What a vendor lists takes a moment to ask for, which the page does not wait for.
    private static async Task<IResult> Choices(string? param, HttpContext http, ModelCatalog catalog, IOwnKeys keys, ListedChoices listed)
    {
        if (Whole(http) is { } page) return page;
        var form = Read(http, catalog);
        if (param is null || form.Model is null || catalog.Find(form.Model) is not { } entry || ParamFields.Of(catalog.View(entry), form.Type!).Find(param) is not { } spec) return Results.NotFound();
        var (choices, trouble) = await listed.Of(entry, param, await keys.Of(http.User.AccountId()!.Value, http.RequestAborted), http.RequestAborted);
        return Pages.Page<ListedField>(new ListedFieldModel(spec, form, FormErrors.None, choices ?? [], trouble));
    }

    private static async Task<IResult> Templates(HttpContext http, TemplateQueries templates)
    {
        if (Whole(http) is { } page) return page;
        var type = http.Request.Query["type"].FirstOrDefault();
        var account = http.User.AccountId()!.Value;
        var fitting = await templates.List(account, new(type, null), null, TemplatesShown, http.RequestAborted);
        return Pages.Page<TemplateList>(fitting.Items.Count > 0 ? fitting.Items : (await templates.List(account, new(null, null), null, TemplatesShown, http.RequestAborted)).Items);
    }

    private static PlaygroundForm Read(HttpContext http, ModelCatalog catalog) => PlaygroundForms.Settle(PlaygroundForm.Read(http.Request.Query), catalog);
}
