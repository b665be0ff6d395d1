using Microsoft.EntityFrameworkCore;
using Rpd.Server.ApiKeys;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Collections;
using Rpd.Shared.Generations;

namespace Rpd.Server.Collections;

public static class CollectionsApi
{
    public static void MapCollectionsApi(this IEndpointRouteBuilder api)
    {
        var collections = api.MapGroup("/collections");
        collections.MapGet("", List).Needs(Scopes.Read)
            .Describe("List your collections", "Newest first.").GivesPage<CollectionView>();
        collections.MapPost("", Create).Needs(Scopes.Social)
            .Describe("Create a collection", "It is private unless it says otherwise.").Takes<NewCollectionBody>("""{"name":"Seas","description":"Everything blue.","visibility":"public"}""")
            .Gives<CollectionView>(201).Refuses("CONFLICT");
        collections.MapGet("/{id:guid}", Read).TakesCredential()
            .Describe("Get a collection", "With its first items: one's own, or one that is not private.").Gives<CollectionWithItems>();
        collections.MapPatch("/{id:guid}", Change).Needs(Scopes.Social)
            .Describe("Change a collection", "What is not mentioned stays; null clears the description.").Takes<CollectionChangeBody>("""{"name":"The sea","visibility":"unlisted"}""").Gives<CollectionWithItems>();
        collections.MapDelete("/{id:guid}", Delete).Needs(Scopes.Social)
            .Describe("Delete a collection", "The works in it stay.").Gives<DeletedView>(example: """{"deleted":true}""");
        collections.MapGet("/{id:guid}/items", Items).TakesCredential()
            .Describe("List what is in a collection", "In its order. A work that is withdrawn is not there for others.").GivesPage<CollectionItemView>();
        collections.MapPost("/{id:guid}/items", Keep).Needs(Scopes.Social)
            .Describe("Keep a work", "At the end of the collection; kept again, it stays where it is.").Takes<KeepBody>("""{"generationId":"0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10"}""")
            .Gives<CollectionWithItems>(201).Refuses("CONFLICT");
        collections.MapDelete("/{id:guid}/items/{generation:guid}", Remove).Needs(Scopes.Social)
            .Describe("Remove a work from a collection", "The work itself stays.").InPath("generation", "The work's id.", "0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10").Gives<CollectionWithItems>();
    }

    private static async Task<IResult> List(HttpContext http, CollectionQueries collections, Cursors cursors, PublicAddress address)
    {
        var query = ListQuery.Read(http, "collections", cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var before = query.Value.Position is { } position ? Guid.Parse(position) : (Guid?)null;
        var page = await collections.List(http.Credential().AccountId, before, query.Value.Limit, http.RequestAborted);
        return ApiAnswers.Page(new Page<CollectionView>([.. page.Items.Select(item => Whole(item, address))], page.NextCursor));
    }

    private static async Task<IResult> Create(HttpContext http, CreateCollection create)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var name = fields.Text("name", 80, required: true);
        var description = fields.Text("description", 500);
        var visibility = fields.Choice("visibility", Visibility.All) ?? Visibility.Private;
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var made = await create.Run(http.Credential().AccountId, new(name!, description, visibility), http.RequestAborted);
        if (made.Declined) return ApiAnswers.Refuse(made.Refusal);
        http.Response.Headers.Location = $"{Api.Prefix}/collections/{made.Value.Id}";
        return ApiAnswers.Data(made.Value, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Read(Guid id, HttpContext http, CollectionQueries collections, PublicAddress address) =>
        await WithItems(id, http, collections, address);

    private static async Task<IResult> Items(Guid id, HttpContext http, CollectionQueries collections, Cursors cursors, PublicAddress address)
    {
        var query = ListQuery.Read(http, "collection:" + id, cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var reader = http.OptionalCredential()?.AccountId;
        if (await collections.Find(id, reader, http.RequestAborted) is null) return Missing;
        var page = await collections.Items(id, reader, query.Value.Position, query.Value.Limit, http.RequestAborted);
        return ApiAnswers.Page(new Page<CollectionItemView>(Whole(page.Items, address), page.NextCursor));
    }

    private static async Task<IResult> Change(Guid id, HttpContext http, ChangeCollection change, CollectionQueries collections, PublicAddress address)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var name = fields.Text("name", 80, min: 1);
        var description = fields.Text("description", 500);
        var visibility = fields.Choice("visibility", Visibility.All);
        var order = Ids(fields);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var changes = new CollectionChanges(name?.Trim(), body.Value.Object.TryGetProperty("description", out _), Trimmed(description), visibility, order);
        return await change.Run(http.Credential().AccountId, id, changes, http.RequestAborted) is { } refusal
            ? ApiAnswers.Refuse(refusal) : await WithItems(id, http, collections, address);
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, AppDb db)
    {
        var account = http.Credential().AccountId;
        return await db.Collections.Where(row => row.Id == id && row.AccountId == account).ExecuteDeleteAsync(http.RequestAborted) > 0
            ? ApiAnswers.Data(new DeletedView(id, Deleted: true)) : Missing;
    }

    private static async Task<IResult> Keep(Guid id, HttpContext http, KeepWork keep, CollectionQueries collections, PublicAddress address)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var generation = fields.Id("generationId");
        if (generation is null && fields.Refusal is null) fields.Wrong("generationId", "generationId is required.");
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        if (await keep.Run(http.Credential().AccountId, id, generation!.Value, http.RequestAborted) is { } refusal) return ApiAnswers.Refuse(refusal);
        http.Response.Headers.Location = $"{Api.Prefix}/collections/{id}/items";
        return await WithItems(id, http, collections, address, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Remove(Guid id, Guid generation, HttpContext http, AppDb db, CollectionQueries collections, PublicAddress address)
    {
        var account = http.Credential().AccountId;
        if (!await db.Collections.AnyAsync(row => row.Id == id && row.AccountId == account, http.RequestAborted)) return Missing;
        return await db.CollectionItems.Where(row => row.CollectionId == id && row.GenerationId == generation).ExecuteDeleteAsync(http.RequestAborted) > 0
            ? await WithItems(id, http, collections, address) : ApiAnswers.Refuse(Refusal.NotFound("The work"));
    }

    private static async Task<IResult> WithItems(Guid id, HttpContext http, CollectionQueries collections, PublicAddress address, int status = StatusCodes.Status200OK)
    {
        var reader = http.OptionalCredential()?.AccountId;
        if (await collections.Find(id, reader, http.RequestAborted) is not { } found) return Missing;
        var items = await collections.Items(id, reader, position: null, limit: 20, http.RequestAborted);
        var whole = Whole(found, address);
        return ApiAnswers.Data(new CollectionWithItems(whole.Id, whole.Name, whole.Description, whole.Visibility, whole.CoverUrl, whole.ItemCount, whole.OwnerId, whole.CreatedAt,
            Whole(items.Items, address)), status);
    }

    private static List<Guid>? Ids(Fields fields)
    {
        if (fields.Texts("itemIds", KeepWork.ItemsMax, 100) is not { } texts) return null;
        var ids = new List<Guid>();
        foreach (var text in texts)
        {
            if (Guid.TryParse(text, out var id) && !ids.Contains(id)) ids.Add(id);
            else fields.Wrong("itemIds", $"itemIds must be ids, each once: {text} is not.");
        }
        return ids;
    }

    private static CollectionView Whole(CollectionView collection, PublicAddress address) =>
        collection with { CoverUrl = collection.CoverUrl is null ? null : address.Link(collection.CoverUrl) };

    private static IReadOnlyList<CollectionItemView> Whole(IReadOnlyList<CollectionItemView> items, PublicAddress address) =>
        [.. items.Select(item => item with { Thumbnails = OutputViews.Whole(item.Thumbnails, address) })];

    internal static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static IResult Missing => ApiAnswers.Refuse(Refusal.NotFound("The collection"));
}
