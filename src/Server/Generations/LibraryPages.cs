using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Covering;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Web.Library;

namespace Rpd.Server.Generations;

/// <summary>One thing that one has made: its page, its live card, and what can be done with it. The list of all is <c>Library/</c>.</summary>
public static class LibraryPages
{
    public static void MapLibraryPages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/library").RequireAuthorization();
        own.MapGet("/{id:guid}", Show);
        own.MapGet("/{id:guid}/card", Card);
        own.MapGet("/{id:guid}/actions", Actions);
        own.MapPost("/{id:guid}/visibility", Change);
        own.MapPost("/{id:guid}/cancel", Cancel);
        own.MapPost("/{id:guid}/appeal", Appeal);
        own.MapGet("/{id:guid}/appeal", (Guid id) => Pages.See($"/library/{id}"));
        // Without JavaScript a refused form leaves this address in the bar: reloading it leads back.
        own.MapGet("/{id:guid}/visibility", (Guid id) => Pages.See($"/library/{id}"));
    }

    private static async Task<IResult> Show(
        Guid id, HttpContext http, GenerationQueries generations, GenerationLife life, CancelGeneration cancel, AppealHidden hidden, ModelCatalog catalog, IOwnKeys keys, PublicAddress address) =>
        await generations.Own(http.User.AccountId()!.Value, id, http.RequestAborted) is { } found
            ? Pages.Page<GenerationPage>(Model(found, new() { Title = found.Title, Visibility = found.Visibility, Mature = found.Mature }, FormErrors.None, catalog, await keys.Of(http.User.AccountId()!.Value, http.RequestAborted), address) with
            {
                Life = await life.Of(found, http.RequestAborted),
                CancelReturns = await cancel.Returns(found, http.RequestAborted),
                Hidden = await hidden.Find(http.User.AccountId()!.Value, id, http.RequestAborted),
            }) : Results.NotFound();

    // For the frame of that name. Anybody else who comes here (from sign-in, after a session has ended) wants a page.
    private static async Task<IResult> Card(Guid id, HttpContext http, GenerationQueries generations, bool choice = false)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See($"/library/{id}");
        if (await generations.Own(http.User.AccountId()!.Value, id, http.RequestAborted) is not { } found) return Results.NotFound();
        return choice ? Pages.Page<ChoiceCard>(new ChoiceCardModel(found)) : Pages.Page<GenerationCard>(found);
    }

    // What a card offers, fetched when its menu is opened.
    private static async Task<IResult> Actions(Guid id, HttpContext http, GenerationQueries generations, CancelGeneration cancel, ModelCatalog catalog, IOwnKeys keys)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See($"/library/{id}");
        var account = http.User.AccountId()!.Value;
        var own = await keys.Of(account, http.RequestAborted);
        return await generations.Own(account, id, http.RequestAborted) is { } found
            ? Pages.Page<ResultMenu>(new ResultMenuModel(found, ResultActions.Of(found, [.. catalog.All.Select(entry => catalog.View(entry, own))]), await cancel.Returns(found, http.RequestAborted))) : Results.NotFound();
    }

    private static async Task<IResult> Change(
        Guid id, HttpContext http, PublishOwn publish, CancelGeneration cancel, GenerationQueries generations, GenerationLife life, ModelCatalog catalog, IOwnKeys keys, PublicAddress address)
    {
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(posted);
        var title = fields.Text("title", 120);
        // The Publish button says it in one click, whatever the radio buttons show.
        var visibility = fields.Has("publish") ? Visibility.Public : fields.Choice("visibility", Visibility.All);
        var mature = fields.Flag("mature") ?? false;
        // What is to become of faces is asked once, with the answer in the button that is pressed then.
        var answer = fields.Choice("faces", [VisibilityForm.Pixelated, VisibilityForm.AsItIs]);
        var form = new VisibilityForm { Title = posted["title"], Visibility = visibility ?? posted["visibility"], Mature = mature };
        var account = http.User.AccountId()!.Value;
        var published = fields.Refusal is { } wrong ? wrong
            : await publish.Run(account, id, new(ChangeTitle: true, string.IsNullOrWhiteSpace(title) ? null : title.Trim(), visibility, mature), answer, http.RequestAborted);
        if (published is { Declined: false, Value.Faces: 0 }) return Pages.See($"/library/{published.Value!.Generation}");
        var refusal = published.Refusal;
        return refusal?.Status != 404 && await generations.Own(account, id, http.RequestAborted) is { } found
            ? Pages.Page<GenerationPage>(Model(found, form, refusal is null ? FormErrors.None : FormErrors.Of(refusal), catalog, await keys.Of(account, http.RequestAborted), address) with
            {
                Faces = published.Value?.Faces ?? 0,
                Life = await life.Of(found, http.RequestAborted),
                CancelReturns = await cancel.Returns(found, http.RequestAborted),
            }, 422) : Results.NotFound();
    }

    private static async Task<IResult> Appeal(Guid id, HttpContext http, AppealHidden appeal, GenerationQueries generations, GenerationLife life, ModelCatalog catalog, IOwnKeys keys, PublicAddress address)
    {
        var account = http.User.AccountId()!.Value;
        var text = (await http.Request.ReadFormAsync(http.RequestAborted))["appeal"].ToString().Replace("\0", "", StringComparison.Ordinal);
        if (await appeal.Run(account, id, text, http.RequestAborted) is not { } refusal) return Pages.See($"/library/{id}");
        if (refusal.Details is null || await generations.Own(account, id, http.RequestAborted) is not { } found) return Pages.See($"/library/{id}");
        return Pages.Page<GenerationPage>(Model(found, new() { Title = found.Title, Visibility = found.Visibility, Mature = found.Mature }, FormErrors.Of(refusal), catalog, await keys.Of(account, http.RequestAborted), address) with
        {
            Life = await life.Of(found, http.RequestAborted),
            Hidden = await appeal.Find(account, id, http.RequestAborted),
        }, StatusCodes.Status422UnprocessableEntity);
    }

    // A generation that ended in the same moment is no mistake of theirs: the page shows how it ended.
    private static async Task<IResult> Cancel(Guid id, HttpContext http, CancelGeneration cancel, GenerationQueries generations)
    {
        var account = http.User.AccountId()!.Value;
        var said = Fields.Of(await http.Request.ReadFormAsync(http.RequestAborted)).Integer("returns", 0, long.MaxValue) ?? 0;
        if (await cancel.Run(account, id, http.RequestAborted, returns: said) is { Status: 404 }) return Results.NotFound();
        // From its card: whoever cancels there stays there.
        return http.Request.Form.ContainsKey("card") && Pages.TakesStreams(http.Request) && await generations.Own(account, id, http.RequestAborted) is { } found
            ? Pages.Streams<CardStream>(found) : Pages.See($"/library/{id}");
    }

    private static GenerationModel Model(GenerationView found, VisibilityForm form, FormErrors errors, ModelCatalog catalog, OwnKeys own, PublicAddress address) =>
        new(found, catalog.Known(found.Model)?.DisplayName ?? found.Model, form, errors, CancelReturns: null, address.Base)
        {
            Actions = ActionsOf(found, [.. catalog.All.Select(entry => catalog.View(entry, own))]),
        };

    private static IReadOnlyList<ResultAction>[] ActionsOf(GenerationView found, IReadOnlyList<Rpd.Shared.Catalog.ModelView> models) =>
        [.. Enumerable.Range(0, Math.Max(1, found.Outputs.Count)).Select(output => ResultActions.Of(found, models, output))];
}
