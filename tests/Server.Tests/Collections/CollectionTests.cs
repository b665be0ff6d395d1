using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Collections;

public sealed class CollectionTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_collection_is_made_filled_ordered_opened_and_deleted_by_its_owner()
    {
        await using var app = await App.Start(postgres);
        var (owner, other) = (await app.Caller(), await app.Caller());
        var own = await app.Work(owner.Account, visibility: "private");
        var theirs = await app.Work(other.Account);
        var third = await app.Work(other.Account);

        var (created, body) = await owner.Post("/v1/collections", new { name = " Seas ", description = "Blue." });
        Assert.Equal(HttpStatusCode.Created, created);
        var id = body.GetProperty("data").GetProperty("id").GetGuid();
        foreach (var work in new[] { own, theirs, third, own }) Assert.Equal(HttpStatusCode.Created, (await owner.Post($"/v1/collections/{id}/items", new { generationId = work })).Status);
        Assert.Equal([own, theirs, third], await owner.AllIds($"/v1/collections/{id}/items"));

        var ordered = (await owner.Patch($"/v1/collections/{id}", new { itemIds = new[] { third, own }, visibility = "public", name = "Sea" })).Data();
        Assert.Equal([third, own, theirs], Items(ordered));
        Assert.Equal("Sea", ordered.GetProperty("name").GetString());
        Assert.Equal("Blue.", ordered.GetProperty("description").GetString());
        Assert.Equal(3, ordered.GetProperty("itemCount").GetInt32());
        // What only its owner may see stays so in a collection that everybody may see.
        Assert.Equal([third, theirs], Items((await other.Get($"/v1/collections/{id}")).Data()));

        Assert.Equal([own, theirs], Items((await owner.Delete($"/v1/collections/{id}/items/{third}")).Data()));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Delete($"/v1/collections/{id}/items/{third}")).Status);
        Assert.Equal(JsonValueKind.Null, (await owner.Patch($"/v1/collections/{id}", new { description = (string?)null })).Data().GetProperty("description").ValueKind);
        Assert.Equal([id], await owner.Ids("/v1/collections"));
        Assert.Equal(HttpStatusCode.OK, (await owner.Delete($"/v1/collections/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Get($"/v1/collections/{id}")).Status);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from collection_items"));
    }

    [Fact]
    public async Task A_collection_of_somebody_else_can_be_read_when_it_is_open_and_never_changed()
    {
        await using var app = await App.Start(postgres);
        var (owner, other) = (await app.Caller(), await app.Caller());
        var work = await app.Work(owner.Account);
        var id = (await owner.Post("/v1/collections", new { name = "Mine" })).Data().GetProperty("id").GetGuid();
        await owner.Post($"/v1/collections/{id}/items", new { generationId = work });

        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/v1/collections/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Stranger().Get($"/v1/collections/{id}/items")).Status);
        await owner.Patch($"/v1/collections/{id}", new { visibility = "unlisted" });
        Assert.Equal(HttpStatusCode.OK, (await app.Stranger().Get($"/v1/collections/{id}")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await other.Patch($"/v1/collections/{id}", new { name = "Yours" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post($"/v1/collections/{id}/items", new { generationId = work })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Delete($"/v1/collections/{id}/items/{work}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Delete($"/v1/collections/{id}")).Status);
        Assert.Empty(await other.Ids("/v1/collections"));
        Assert.Equal(1, await app.Scalar<long>("select count(*) from collection_items"));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_named_and_an_order_stands_whole_or_not_at_all()
    {
        await using var app = await App.Start(postgres);
        var (owner, other) = (await app.Caller(), await app.Caller());
        var (first, second) = (await app.Work(owner.Account), await app.Work(owner.Account));
        var hidden = await app.Work(other.Account, visibility: "unlisted");
        var id = (await owner.Post("/v1/collections", new { name = "Mine" })).Data().GetProperty("id").GetGuid();
        foreach (var work in new[] { first, second }) await owner.Post($"/v1/collections/{id}/items", new { generationId = work });

        Assert.Equal(HttpStatusCode.NotFound, (await owner.Post($"/v1/collections/{id}/items", new { generationId = hidden })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.Post($"/v1/collections/{id}/items", new { })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.Post("/v1/collections", new { name = "  ", visibility = "open" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.Patch($"/v1/collections/{id}", new { name = "New", itemIds = new[] { second, hidden } })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.Patch($"/v1/collections/{id}", new { itemIds = new[] { second, second } })).Status);
        Assert.Equal([first, second], await owner.Ids($"/v1/collections/{id}/items"));
        Assert.Equal("Mine", (await owner.Get($"/v1/collections/{id}")).Data().GetProperty("name").GetString());
    }

    [Fact]
    public async Task Many_that_are_kept_at_once_have_a_place_each()
    {
        await using var app = await App.Start(postgres);
        var owner = await app.Caller();
        var id = (await owner.Post("/v1/collections", new { name = "Mine" })).Data().GetProperty("id").GetGuid();
        var works = new List<Guid>();
        for (var i = 0; i < 8; i++) works.Add(await app.Work(owner.Account));

        await Task.WhenAll(works.Concat(works).Select(work => owner.Post($"/v1/collections/{id}/items", new { generationId = work })));

        Assert.Equal(8, await app.Scalar<long>("select count(distinct position) from collection_items"));
        Assert.Equal(works.Order(), (await owner.AllIds($"/v1/collections/{id}/items")).Order());
    }

    private static IEnumerable<Guid> Items(JsonElement collection) => collection.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());
}
