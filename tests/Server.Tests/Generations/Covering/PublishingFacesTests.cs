using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Recognition;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations.Covering;

/// <summary>Before a picture with faces is opened to others, its owner says what becomes of them.</summary>
public sealed class PublishingFacesTests(SharedScriptedApp shared, TestPostgres postgres) : IClassFixture<SharedScriptedApp>
{
    private readonly App app = shared.App;

    [Fact]
    public async Task The_owner_is_told_how_many_faces_there_are_and_nothing_is_published_yet()
    {
        var (caller, visitor, id) = await Somebody(app, "portrait of an astronaut", count: 2);

        using var asked = await Publish(visitor, id);
        var page = await asked.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.Contains("There are 2 faces in this picture.", page, StringComparison.Ordinal);
        Assert.Contains("Publish a pixelated copy", page, StringComparison.Ordinal);
        Assert.Equal("private", await Visibility(caller, id));
    }

    [Fact]
    public async Task A_pixelated_copy_is_published_and_the_original_stays_private()
    {
        var (caller, visitor, id) = await Somebody(app, "portrait of an astronaut");
        var balance = await caller.Balance();

        using var published = await Publish(visitor, id, ("faces", "pixelated"), ("title", "In orbit"), ("visibility", "public"));

        Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        var copy = published.Headers.Location!.ToString()["/library/".Length..];
        Assert.NotEqual(id.ToString(), copy);
        Assert.Equal("private", await Visibility(caller, id));
        var (_, body) = await caller.Get($"/v1/generations/{copy}");
        var data = body.GetProperty("data");
        Assert.Equal(("public", "completed", "In orbit"), (data.GetProperty("visibility").GetString(), data.GetProperty("status").GetString(), data.GetProperty("title").GetString()));
        Assert.Equal(0, data.GetProperty("creditsCost").GetInt64());
        var output = Assert.Single(data.GetProperty("outputs").EnumerateArray());
        Assert.Equal("image/jpeg", output.GetProperty("contentType").GetString());
        Assert.NotEqual("", output.GetProperty("thumbnailUrl").GetString());
        var bytes = await caller.Http.GetByteArrayAsync(output.GetProperty("url").GetString());
        Assert.Empty((await app.Services.GetRequiredService<FindFaces>().Run(bytes, new(3, 0.3), default)).Value!.Faces);
        Assert.Equal(balance, await caller.Balance());
        Assert.Equal(1, await app.Scalar<long>("select count(*) from publications where account_id = $1", caller.Account));
    }

    [Fact]
    public async Task Who_wants_it_as_it_is_publishes_it_as_it_is()
    {
        var (caller, visitor, id) = await Somebody(app, "portrait of an astronaut");

        using var published = await Publish(visitor, id, ("faces", "as-it-is"), ("visibility", "unlisted"));

        Assert.Equal($"/library/{id}", published.Headers.Location!.ToString());
        Assert.Equal("unlisted", await Visibility(caller, id));
        // It is open already: nothing is asked a second time.
        using var listed = await Publish(visitor, id);
        Assert.Equal("public", await Visibility(caller, id));
    }

    [Fact]
    public async Task A_picture_without_faces_and_a_private_one_ask_nothing()
    {
        var (caller, visitor, id) = await Somebody(app, "a dot");
        var (_, _, portrait) = await Somebody(app, "portrait of an astronaut", caller: caller);

        using var published = await Publish(visitor, id);
        using var saved = await Publish(visitor, portrait, ("title", "Mine"), ("visibility", "private"));

        Assert.Equal("public", await Visibility(caller, id));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
    }

    [Fact]
    public async Task Of_several_those_with_faces_stay_private_and_it_is_said_which()
    {
        var (caller, visitor, dot) = await Somebody(app, "a dot");
        var (_, _, portrait) = await Somebody(app, "portrait of an astronaut", caller: caller);

        using var published = await visitor.Post("/library", "/library/bulk", ("action", "publish"), ("ids", dot.ToString()), ("ids", portrait.ToString()));
        var said = WebUtility.HtmlDecode(await visitor.Read("/library"));

        Assert.Equal(("public", "private"), (await Visibility(caller, dot), await Visibility(caller, portrait)));
        Assert.Contains("1 published. “portrait of an astronaut” was not published: there is a face in it, so it is published on its own page.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_picture_is_not_copied()
    {
        var (_, _, id) = await Somebody(app, "portrait of an astronaut");
        var (other, visitor, _) = await Somebody(app, "a dot");

        using var refused = await Publish(visitor, id, ("faces", "pixelated"), ("visibility", "public"));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(1, await app.Scalar<long>("select count(*) from generations where account_id = $1", other.Account));
    }

    [Fact]
    public async Task Without_the_detector_publishing_goes_as_it_always_did()
    {
        await using var bare = await App.Scripted(postgres, ("Recognition:Cascades", "/nowhere"));
        var (caller, visitor, id) = await Somebody(bare, "portrait of an astronaut");

        using var published = await Publish(visitor, id);

        Assert.Equal("public", await Visibility(caller, id));
    }

    private static async Task<(Caller Caller, PageVisitor Visitor, Guid Generation)> Somebody(App app, string prompt, int count = 1, Caller? caller = null)
    {
        caller ??= await app.Caller();
        var (_, body) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, count });
        var id = body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        return (caller, await PageVisitor.SignIn(app, caller.Account), id);
    }

    private static Task<HttpResponseMessage> Publish(PageVisitor visitor, Guid id, params (string Name, string Value)[] fields) =>
        visitor.Post("/settings", $"/library/{id}/visibility", fields.Length > 0 ? fields : [("publish", "true")]);

    private static async Task<string?> Visibility(Caller caller, Guid id) => (await caller.Get($"/v1/generations/{id}")).Body.GetProperty("data").GetProperty("visibility").GetString();
}
