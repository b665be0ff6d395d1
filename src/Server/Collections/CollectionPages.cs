using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Collections;
using Rpd.Shared.Generations;
using Rpd.Web.Collections;

namespace Rpd.Server.Collections;

/// <summary>One's own collections, and one collection as its owner and as others see it.</summary>
public static class CollectionPages
{
    private const int Shown = 24;

    public static void MapCollectionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/collections/{id:guid}", (Guid id, HttpContext http, CollectionDesk desk) => desk.Show(id, http));
        var own = pages.MapGroup("/collections").RequireAuthorization();
        own.MapGet("", (HttpContext http, CollectionQueries collections, Cursors cursors) => List(http, collections, cursors, new(), FormErrors.None));
        own.MapPost("", Create);
        own.MapPost("/{id:guid}", Change);
        own.MapPost("/{id:guid}/delete", Delete);
        own.MapGet("/{id:guid}/{verb}", (Guid id, string verb) => Pages.See($"/collections/{id}"));
        own.MapArranging();
        pages.MapCollecting();
    }

    private static async Task<IResult> List(HttpContext http, CollectionQueries collections, Cursors cursors, CollectionForm form, FormErrors errors)
    {
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = cursor is not null && cursors.Read("collections", cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        var page = await collections.List(http.User.AccountId()!.Value, before, Shown, http.RequestAborted);
        return Pages.Page<CollectionsPage>(new CollectionsModel(page, before is null ? null : cursor, form, errors), errors.Any ? 422 : 200);
    }

    private static async Task<IResult> Create(HttpContext http, CreateCollection create, CollectionQueries collections, Cursors cursors)
    {
        var (fields, typed) = await Read(http);
        if (fields.Refusal is { } wrong) return await List(http, collections, cursors, typed, Said(wrong));
        var made = await create.Run(http.User.AccountId()!.Value, new(typed.Name!, typed.Description, typed.Visibility), http.RequestAborted);
        return made.Declined ? await List(http, collections, cursors, typed, Said(made.Refusal)) : Pages.See($"/collections/{made.Value.Id}");
    }

    private static async Task<IResult> Change(Guid id, HttpContext http, ChangeCollection change, CollectionDesk desk)
    {
        var (fields, typed) = await Read(http);
        var changes = new CollectionChanges(typed.Name?.Trim(), ChangeDescription: true, CollectionsApi.Trimmed(typed.Description), typed.Visibility, Order: null);
        var refusal = fields.Refusal ?? await change.Run(http.User.AccountId()!.Value, id, changes, http.RequestAborted);
        return refusal switch
        {
            null => Pages.See($"/collections/{id}"),
            { Status: 404 } => Results.NotFound(),
            _ => await desk.Show(id, http, typed, Said(refusal)),
        };
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, AppDb db)
    {
        var account = http.User.AccountId()!.Value;
        return await db.Collections.Where(row => row.Id == id && row.AccountId == account).ExecuteDeleteAsync(http.RequestAborted) > 0 ? Pages.See("/collections") : Results.NotFound();
    }

    private static async Task<(Fields Fields, CollectionForm Typed)> Read(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(form);
        fields.Text("name", 80, required: true);
        fields.Text("description", 500);
        fields.Choice("visibility", Visibility.All);
        return (fields, new() { Name = form["name"], Description = form["description"], Visibility = form["visibility"] });
    }

    internal static FormErrors Said(Refusal refusal) => new([.. FormErrors.Of(refusal).All.Select(error => error is { Field: "name", Message: "name is required." } ? error with { Message = "Give it a name." } : error)]);
}

/// <summary>Draws a collection's page in any of its states.</summary>
public sealed class CollectionDesk(CollectionQueries collections, MatureChoice choice, Cursors cursors, PublicAddress address)
{
    private const int PageSize = 48;

    public async Task<IResult> Show(Guid id, HttpContext http, CollectionForm? form = null, FormErrors? errors = null) =>
        await Model(id, http, http.Request.Query["cursor"], http.Request.Query.ContainsKey("arrange"), form, errors) is { } model
            ? Pages.Page<CollectionPage>(model, errors is null ? 200 : 422) : Results.NotFound();

    public async Task<CollectionModel?> Model(Guid id, HttpContext http, string? cursor, bool arrange, CollectionForm? form = null, FormErrors? errors = null)
    {
        var (reader, cancel) = (http.User.AccountId(), http.RequestAborted);
        if (await collections.Find(id, reader, cancel) is not { } found || await collections.Owner(found.OwnerId, cancel) is not { } owner) return null;
        var position = cursor is { Length: > 0 } ? cursors.Read("collection:" + id, cursor) : null;
        var items = await collections.Items(id, reader, position, PageSize, cancel, await choice.Shown(reader, cancel));
        var own = found.OwnerId == reader;
        return new(found, owner, items, position is null ? null : cursor, own, own && arrange,
            form ?? new() { Name = found.Name, Description = found.Description, Visibility = found.Visibility }, errors ?? FormErrors.None, address.Base);
    }
}
