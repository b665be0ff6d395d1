using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Gallery;

/// <summary>Works for adults, against every list: strangers and whoever has not said otherwise never meet them.</summary>
public sealed class MatureTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_work_for_adults_is_in_lists_for_those_only_who_have_asked()
    {
        await using var app = await App.Start(postgres);
        var (maker, hiding, blurring, showing) = (await app.Caller(), await app.Caller(), await app.Caller(), await app.Caller());
        var work = await app.Work(maker.Account, "a lighthouse #fog", mature: true);
        var plain = await app.Work(maker.Account, "a lighthouse #fog");
        await app.Execute("update accounts set mature_works = 'blur' where id = $1", blurring.Account);
        await app.Execute("update accounts set mature_works = 'show' where id = $1", showing.Account);
        var collection = (await maker.Post("/v1/collections", new { name = "Open", visibility = "public" })).Data().GetProperty("id").GetGuid();
        foreach (var item in new[] { work, plain }) await maker.Post($"/v1/collections/{collection}/items", new { generationId = item });

        foreach (var (who, sees) in new[] { (app.Stranger(), false), (hiding, false), (blurring, true), (showing, true) })
        {
            foreach (var list in new[] { "sort=newest", "sort=trending", "sort=top", "sort=top&period=day", "q=lighthouse", "q=light", "tag=fog", "type=text2image", "model=studio-sketch", "aspect=square" })
            {
                var found = await who.Ids($"/v1/explore?{list}");
                Assert.Contains(plain, found);
                Assert.True(sees == found.Contains(work), list);
            }
            Assert.Equal(sees, (await who.Ids($"/v1/social/profile/{maker.Account}/works")).Contains(work));
            Assert.Equal(sees, (await who.Ids($"/v1/collections/{collection}/items")).Contains(work));
            Assert.Equal(sees ? 2 : 1, (await who.Get($"/v1/collections/{collection}")).Data().GetProperty("items").GetArrayLength());
            // Whoever has the address may read it, and is told what it is.
            Assert.True((await who.Get($"/v1/explore/{work}")).Data().GetProperty("mature").GetBoolean());
            if (who.Key.Length == 0) continue;
            await who.Post($"/v1/social/follow/{maker.Account}", new { });
            Assert.Equal(sees, (await who.Ids("/v1/social/feed")).Contains(work));
        }
        var handle = await app.Scalar<string>("select handle from accounts where id = $1", maker.Account);
        foreach (var page in new[] { "/", "/explore", $"/works/{plain}", $"/collections/{collection}", $"/@{handle}", "/sitemap.xml" })
            Assert.DoesNotContain(work.ToString(), await app.Stranger().Http.GetStringAsync(page), StringComparison.Ordinal);
        await showing.Post($"/v1/explore/{work}/like", new { });
        var likes = await app.Scalar<string>("select handle from accounts where id = $1", showing.Account);
        var visitor = await PageVisitor.SignIn(app, showing.Account);
        foreach (var page in new[] { "/explore", "/following", $"/@{handle}", $"/@{likes}/likes" })
            Assert.Contains(work.ToString(), await visitor.Read(page), StringComparison.Ordinal);
        Assert.Contains(work.ToString(), await (await PageVisitor.SignIn(app, maker.Account)).Read($"/@{handle}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_a_search_lose_nothing_behind_works_that_are_hidden()
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var seen = new List<Guid>();
        for (var i = 0; i < 9; i++)
        {
            var work = await app.Work(maker.Account, "a rare heron", mature: i % 3 == 1, age: TimeSpan.FromMinutes(i));
            if (i % 3 != 1) seen.Add(work);
        }
        await app.Execute("analyze publications");
        Assert.Equal(seen, await app.Stranger().AllIds("/v1/explore?q=heron&sort=newest"));
        Assert.Equal(seen, await app.Stranger().AllIds("/v1/explore"));
    }

    [Fact]
    public async Task An_authors_word_stays_when_the_work_is_withdrawn_and_published_again()
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var work = await app.Work(maker.Account);

        Assert.True((await maker.Patch($"/v1/generations/{work}", new { mature = true })).Data().GetProperty("mature").GetBoolean());
        Assert.Empty(await app.Stranger().Ids("/v1/explore"));
        await maker.Patch($"/v1/generations/{work}", new { visibility = "private" });
        await maker.Patch($"/v1/generations/{work}", new { visibility = "public", title = "Again" });
        Assert.Empty(await app.Stranger().Ids("/v1/explore"));
        await maker.Patch($"/v1/generations/{work}", new { mature = false });
        Assert.Equal([work], await app.Stranger().Ids("/v1/explore"));
        Assert.Equal(HttpStatusCode.BadRequest, (await maker.Patch($"/v1/generations/{work}", new { mature = "perhaps" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.Caller()).Patch($"/v1/generations/{work}", new { mature = true })).Status);
    }

    [Fact]
    public async Task The_form_of_publishing_labels_a_work_and_takes_the_label_back()
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var work = await app.Work(maker.Account, visibility: "private");
        var visitor = await PageVisitor.SignIn(app, maker.Account);

        using (await visitor.Post($"/library/{work}", $"/library/{work}/visibility", ("visibility", "public"), ("mature", "true"))) { }
        Assert.True(await app.Scalar<bool>("select mature from publications where generation_id = $1", work));
        using (await visitor.Post($"/library/{work}", $"/library/{work}/visibility", ("visibility", "public"))) { }
        Assert.False(await app.Scalar<bool>("select mature from publications where generation_id = $1", work));
    }

    [Fact]
    public async Task A_request_labels_what_comes_of_it_before_anybody_can_see_it()
    {
        await using var app = await App.Scripted(postgres);
        var maker = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, maker.Account);
        (string, string)[] form = [("type", "text2image"), ("provider", "studio"), ("model", "studio-sketch"), ("visibility", "public")];

        var (status, made) = await maker.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "by the API", visibility = "public", mature = true });
        Assert.Equal((HttpStatusCode.Created, true), (status, made.GetProperty("data").GetProperty("mature").GetBoolean()));
        Assert.True((await maker.Ended(made.GetProperty("data").GetProperty("id").GetGuid())).GetProperty("mature").GetBoolean());
        using var started = await visitor.Post("/playground", "/playground", [.. form, ("prompt", "by the form"), ("mature", "true")]);
        await maker.Ended(Guid.Parse(started.Headers.Location!.ToString().Split('/')[^1]));

        Assert.Equal(2L, await app.Scalar<long>("select count(*) from publications where listed and mature"));
        Assert.Empty(await app.Stranger().Ids("/v1/explore"));
        // Another run of it begins with its label.
        Assert.Matches("name=\"mature\"[^>]* checked", await visitor.Read("/playground?from=" + started.Headers.Location.ToString().Split('/')[^1]));
        Assert.DoesNotMatch("name=\"mature\"[^>]* checked", await visitor.Read("/playground"));
        Assert.Equal(HttpStatusCode.BadRequest, (await maker.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "x", mature = "perhaps" })).Status);
    }

    [Fact]
    public async Task Several_are_labelled_together_and_an_empty_box_takes_no_label_away()
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var (one, two, three) = (await app.Work(maker.Account, visibility: "private"), await app.Work(maker.Account, visibility: "private"), await app.Work(maker.Account, visibility: "private"));
        var visitor = await PageVisitor.SignIn(app, maker.Account);

        using (await visitor.Post("/library", "/library/bulk", ("action", "publish"), ("mature", "true"), ("ids", $"{one}"), ("ids", $"{two}"))) { }
        using (await visitor.Post("/library", "/library/bulk", ("action", "unpublish"), ("ids", $"{one}"))) { }
        using (await visitor.Post("/library", "/library/bulk", ("action", "publish"), ("ids", $"{one}"), ("ids", $"{three}"))) { }

        Assert.Equal([one, two], (await app.Scalar<Guid[]>("select array_agg(generation_id) from publications where mature")).Order());
        Assert.Equal([three], await app.Stranger().Ids("/v1/explore"));
    }

    [Theory]
    [InlineData("/library/{0}/visibility", "visibility", "public")]
    [InlineData("/library/bulk", "action", "publish")]
    [InlineData("/playground", "visibility", "public")]
    public async Task A_label_that_says_neither_is_refused_beside_its_box_and_publishes_nothing(string path, string name, string value)
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var work = await app.Work(maker.Account, visibility: "private");
        var visitor = await PageVisitor.SignIn(app, maker.Account);

        using var refused = await visitor.Post("/library", string.Format(System.Globalization.CultureInfo.InvariantCulture, path, work), (name, value), ("ids", $"{work}"), ("prompt", "a hill"), ("mature", "perhaps"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Matches("id=\"f-mature-error\">.*Mature must be true or false.", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0L, 1L), (await app.Scalar<long>("select count(*) from publications"), await app.Scalar<long>("select count(*) from generations")));
    }

    [Fact]
    public async Task Its_address_shows_a_veil_that_anybody_can_lift_and_its_author_never_meets()
    {
        await using var app = await App.Start(postgres);
        var (maker, reader) = (await app.Caller(), await app.Caller());
        var work = await app.Work(maker.Account, "a secret garden", mature: true);
        var stranger = app.Stranger().Http;

        var veiled = await stranger.GetStringAsync($"/works/{work}");
        Assert.DoesNotContain("secret garden", veiled, StringComparison.Ordinal);
        Assert.DoesNotContain("/media/", veiled, StringComparison.Ordinal);
        Assert.Contains("noindex", veiled, StringComparison.Ordinal);
        var lifted = await stranger.GetStringAsync($"/works/{work}?mature=show");
        Assert.Contains("secret garden", lifted, StringComparison.Ordinal);
        Assert.Contains("noindex", lifted, StringComparison.Ordinal);
        Assert.Contains("secret garden", await (await PageVisitor.SignIn(app, maker.Account)).Read($"/works/{work}"), StringComparison.Ordinal);

        var visitor = await PageVisitor.SignIn(app, reader.Account);
        foreach (var (choice, open) in new[] { ("blur", false), ("show", true), ("hide", false) })
        {
            using var saved = await visitor.Post("/settings/content", "/settings/content", ("mature", choice));
            Assert.Equal((HttpStatusCode.SeeOther, "/settings/content?saved=1"), (saved.StatusCode, saved.Headers.Location?.ToString()));
            Assert.Equal(open, (await visitor.Read($"/works/{work}")).Contains("secret garden", StringComparison.Ordinal));
            Assert.Equal(choice != "hide", (await visitor.Read("/explore")).Contains(work.ToString(), StringComparison.Ordinal));
        }
        using var wrong = await visitor.Post("/settings/content", "/settings/content", ("mature", "sometimes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal("hide", await app.Scalar<string>("select mature_works from accounts where id = $1", reader.Account));
    }
}
