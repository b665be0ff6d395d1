using System.Net;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Collections;

public sealed class CollectionPagesTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_collection_is_made_changed_and_deleted_on_its_pages_and_a_wrong_form_keeps_what_was_typed()
    {
        await using var app = await App.Start(postgres);
        var owner = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, owner.Account);
        using var wrong = await visitor.Post("/collections", "/collections", ("name", " "), ("description", "all <b>blue</b>"), ("visibility", "public"));
        var page = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Give it a name.", page, StringComparison.Ordinal);
        Assert.Contains("all &lt;b&gt;blue&lt;/b&gt;", page, StringComparison.Ordinal);

        using var made = await visitor.Post("/collections", "/collections", ("name", "Seas"), ("visibility", "unlisted"));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        var address = made.Headers.Location!.ToString();
        Assert.Contains("noindex", await app.Stranger().Http.GetStringAsync(address), StringComparison.Ordinal);
        using var unnamed = await visitor.Post(address, address, ("name", ""), ("description", "kept"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unnamed.StatusCode);
        Assert.Contains(">kept</textarea>", await unnamed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (await visitor.Post(address, address, ("name", "The sea"), ("visibility", "private"))) { }
        Assert.Contains("<h1>The sea</h1>", await visitor.Read(address), StringComparison.Ordinal);
        using var closed = await app.Stranger().Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);

        using var gone = await visitor.Post(address, address + "/delete");
        Assert.Equal("/collections", gone.Headers.Location?.ToString());
        Assert.Equal(0L, await app.Scalar<long>("select count(*) from collections"));
        using var asked = await app.CreateClient(new() { AllowAutoRedirect = false }).GetAsync("/collections");
        Assert.Equal("/sign-in?returnUrl=%2Fcollections", asked.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_work_is_put_into_collections_and_taken_out_by_ticks_and_into_a_new_one_by_its_name()
    {
        var app = shared.App;
        var (owner, other) = (await app.Caller(), await app.Caller());
        var work = await app.Work(other.Account);
        var visitor = await PageVisitor.SignIn(app, owner.Account);
        var (seas, skies) = (await Made(owner, "Seas"), await Made(owner, "Skies"));
        var theirs = await Made(other, "Theirs");
        var form = $"/works/{work}/collect";

        using var first = await visitor.Post(form, form, ("shown", seas.ToString()), ("shown", skies.ToString()), ("shown", theirs.ToString()), ("in", seas.ToString()), ("in", theirs.ToString()), ("name", "New <one>"));
        Assert.Equal((HttpStatusCode.SeeOther, form + "?saved=1"), (first.StatusCode, first.Headers.Location?.ToString()));
        Assert.Equal(["New <one>", "Seas"], await Holding(app, work));
        Assert.Contains("Saved. It is in 2 collections.", await visitor.Read(form + "?saved=1"), StringComparison.Ordinal);

        // What was not shown is left alone.
        using (await visitor.Post(form, form, ("shown", seas.ToString()), ("shown", skies.ToString()), ("in", skies.ToString()))) { }
        Assert.Equal(["New <one>", "Skies"], await Holding(app, work));
        using var wrong = await visitor.Post(form, form, ("name", new string('x', 81)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var nothing = await visitor.Get($"/works/{Guid.NewGuid()}/collect");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task Works_are_moved_step_by_step_before_another_and_to_the_front()
    {
        var app = shared.App;
        var (owner, other) = (await app.Caller(), await app.Caller());
        var works = new List<Guid>();
        for (var i = 0; i < 4; i++) works.Add(await app.Work(i == 1 ? other.Account : owner.Account, $"work {i}"));
        var (a, b, c, d) = (works[0], works[1], works[2], works[3]);
        var id = await Made(owner, "Order", "public");
        foreach (var work in works) await owner.Post($"/v1/collections/{id}/items", new { generationId = work });
        var visitor = await PageVisitor.SignIn(app, owner.Account);
        Task<HttpResponseMessage> Move(params (string, string)[] fields) => visitor.Post($"/collections/{id}?arrange=1", $"/collections/{id}/order", fields);

        using (await Move(("down", a.ToString()))) { }
        Assert.Equal([b, a, c, d], await Order());
        using (await Move(("up", b.ToString()))) { }
        Assert.Equal([b, a, c, d], await Order());
        using (await Move(("item", d.ToString()), ("before", b.ToString()))) { }
        Assert.Equal([d, b, a, c], await Order());
        using (await Move(("item", d.ToString()), ("after", c.ToString()))) { }
        Assert.Equal([b, a, c, d], await Order());
        using (await Move(("first", c.ToString()))) { }
        Assert.Equal([c, b, a, d], await Order());

        // A work that is withdrawn at present is stepped over, and has its place when it comes back.
        await other.Patch($"/v1/generations/{b}", new { visibility = "private" });
        using (await Move(("up", a.ToString()))) { }
        Assert.Equal([a, c, d], await Order());
        await other.Patch($"/v1/generations/{b}", new { visibility = "public" });
        Assert.Equal([a, c, b, d], await Order());

        using var removed = await visitor.Post($"/collections/{id}?arrange=1", $"/collections/{id}/remove", ("items", a.ToString()), ("items", d.ToString()));
        Assert.Equal($"/collections/{id}?arrange=1", removed.Headers.Location?.ToString());
        Assert.Equal([c, b], await Order());

        async Task<Guid[]> Order() => await owner.Ids($"/v1/collections/{id}/items");
    }

    [Fact]
    public async Task Moves_at_once_all_count_and_the_collection_of_somebody_else_stays_as_it_is()
    {
        var app = shared.App;
        var (owner, other) = (await app.Caller(), await app.Caller());
        var works = new List<Guid>();
        for (var i = 0; i < 6; i++) works.Add(await app.Work(owner.Account));
        var id = await Made(owner, "Mine", "public");
        foreach (var work in works) await owner.Post($"/v1/collections/{id}/items", new { generationId = work });
        var (mine, theirs) = (await PageVisitor.SignIn(app, owner.Account), await PageVisitor.SignIn(app, other.Account));

        foreach (var (path, field) in new[] { ("", "name"), ("/order", "first"), ("/remove", "items"), ("/delete", "x") })
        {
            using var refused = await theirs.Post("/collections", $"/collections/{id}{path}", (field, works[5].ToString()));
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            using var tokenless = await mine.PostBare($"/collections/{id}{path}", (field, works[5].ToString()));
            Assert.Equal(HttpStatusCode.BadRequest, tokenless.StatusCode);
        }
        Assert.Equal(works, await owner.Ids($"/v1/collections/{id}/items"));

        await Task.WhenAll(works.Take(3).Select(async work => { using var moved = await mine.Post($"/collections/{id}?arrange=1", $"/collections/{id}/order", ("item", work.ToString()), ("after", works[5].ToString())); }));
        var order = await owner.Ids($"/v1/collections/{id}/items");
        Assert.Equal([works[3], works[4], works[5]], order.Take(3));
        Assert.Equal(6, order.Distinct().Count());
    }

    [Fact]
    public async Task Further_down_a_collection_pages_fit_together()
    {
        await using var app = await App.Start(postgres);
        var owner = await app.Caller();
        var id = await Made(owner, "Long", "public");
        await app.Fill(owner.Account, 60);
        await app.Execute("insert into collection_items select $1, generation_id, row_number() over (order by id), now() from publications", id);
        var first = await app.Stranger().Http.GetStringAsync($"/collections/{id}");
        var next = System.Text.RegularExpressions.Regex.Match(first, $"href=\"(/collections/{id}\\?cursor=[^\"]+)\"").Groups[1].Value;
        var second = await app.Stranger().Http.GetStringAsync(next);
        var works = System.Text.RegularExpressions.Regex.Matches(first + second, "class=\"tile[^>]* href=\"/works/([^\"]+)\"").Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal((60, 60), (works.Length, works.Distinct().Count()));
    }

    private static async Task<Guid> Made(Caller owner, string name, string visibility = "private") => (await owner.Post("/v1/collections", new { name, visibility })).Data().GetProperty("id").GetGuid();

    private static async Task<string[]> Holding(App app, Guid work) => await app.Scalar<string[]>(
        "select array_agg(c.name order by c.name) from collection_items i join collections c on c.id = i.collection_id where i.generation_id = $1", work);
}
