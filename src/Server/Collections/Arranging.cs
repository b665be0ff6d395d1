using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Collections;

namespace Rpd.Server.Collections;

/// <summary>An owner puts a collection's works in order and takes some out. Without scripts each is a page; with them the list is drawn anew in its place.</summary>
public static class Arranging
{
    private const int SelectedMax = 100;

    public static void MapArranging(this IEndpointRouteBuilder own)
    {
        own.MapPost("/{id:guid}/order", Order);
        own.MapPost("/{id:guid}/remove", Remove);
    }

    private static async Task<IResult> Order(Guid id, HttpContext http, MoveInCollection move, CollectionDesk desk)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Asked(Fields.Of(form)) is not { } asked) return await Answer(id, http, desk, form, "Nothing was moved.");
        var moved = await move.Run(http.User.AccountId()!.Value, id, asked.Item, asked.Move, asked.Other, http.RequestAborted);
        if (moved.Declined && await desk.Model(id, http, cursor: null, arrange: true) is not { Own: true }) return Results.NotFound();
        return await Answer(id, http, desk, form, moved.Declined ? "That work is not in this collection any more." : $"Moved to place {moved.Value}.");
    }

    private static async Task<IResult> Remove(Guid id, HttpContext http, RemoveFromCollection remove, CollectionDesk desk)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var items = form["items"].Take(SelectedMax).Select(text => Guid.TryParse(text, out var item) ? item : Guid.Empty).ToArray();
        if (await remove.Run(http.User.AccountId()!.Value, id, items, http.RequestAborted) is not { } removed) return Results.NotFound();
        return await Answer(id, http, desk, form, removed switch { 0 => "Tick what is to go first.", 1 => "One work removed.", _ => $"{removed} works removed." });
    }

    private static async Task<IResult> Answer(Guid id, HttpContext http, CollectionDesk desk, IFormCollection form, string said)
    {
        string? cursor = form["cursor"];
        if (Pages.TakesStreams(http.Request) && await desk.Model(id, http, cursor, arrange: true) is { Own: true, Items.Items.Count: > 0 } model)
            return Pages.Streams<ArrangedStream>(new ArrangedModel(model, said));
        return Pages.See(Rpd.Web.Ui.Address.Of($"/collections/{id}", ("arrange", "1"), ("cursor", string.IsNullOrEmpty(cursor) ? null : cursor)));
    }

    private static (Guid Item, Move Move, Guid? Other)? Asked(Fields fields)
    {
        if (fields.Id("up") is { } up) return (up, Move.Up, null);
        if (fields.Id("down") is { } down) return (down, Move.Down, null);
        if (fields.Id("first") is { } first) return (first, Move.First, null);
        if (fields.Id("item") is not { } item) return null;
        if (fields.Id("before") is { } before) return (item, Move.Before, before);
        return fields.Id("after") is { } after ? (item, Move.After, after) : null;
    }
}
