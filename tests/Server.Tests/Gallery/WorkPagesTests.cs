using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Gallery;

public sealed class WorkPagesTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_like_goes_through_the_page_with_and_without_scripts_and_not_without_a_token()
    {
        var app = shared.App;
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var (work, secret) = (await app.Work(maker.Account), await app.Work(maker.Account, visibility: "private"));
        var visitor = await PageVisitor.SignIn(app, fan.Account);

        using var plain = await visitor.Post($"/works/{work}", $"/works/{work}/like");
        Assert.Equal((HttpStatusCode.SeeOther, $"/works/{work}"), (plain.StatusCode, plain.Headers.Location?.ToString()));
        Assert.Equal(1, await app.Scalar<int>("select like_count from publications where generation_id = $1", work));
        Assert.Contains("aria-pressed=\"true\"", await visitor.Read($"/works/{work}"), StringComparison.Ordinal);
        using var again = await visitor.Post($"/works/{work}", $"/works/{work}/like");
        Assert.Equal(0, await app.Scalar<int>("select like_count from publications where generation_id = $1", work));

        using var hidden = await visitor.Post($"/works/{work}", $"/works/{secret}/like");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var forged = await visitor.Get($"/works/{work}/like");
        Assert.Equal((HttpStatusCode.SeeOther, $"/works/{work}"), (forged.StatusCode, forged.Headers.Location?.ToString()));
        using var tokenless = await visitor.PostBare($"/works/{work}/like");
        Assert.Equal(HttpStatusCode.BadRequest, tokenless.StatusCode);
        Assert.Equal(0, await app.Scalar<int>("select like_count from publications where generation_id = $1", work));
    }

    [Fact]
    public async Task A_report_without_a_reason_keeps_its_words_and_one_with_a_reason_reaches_the_moderators()
    {
        var app = shared.App;
        var (maker, reader) = (await app.Caller(), await app.Caller());
        var work = await app.Work(maker.Account, title: "<b>Hill</b>");
        var visitor = await PageVisitor.SignIn(app, reader.Account);

        using var wrong = await visitor.Post($"/works/{work}/report", $"/works/{work}/report", ("reason", ""), ("details", "my <i>photograph</i>"));
        var page = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Choose what is wrong.", page, StringComparison.Ordinal);
        Assert.Contains("my &lt;i&gt;photograph&lt;/i&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Hill</b>", page, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Scalar<long>("select count(*) from reports"));

        using var sent = await visitor.Post($"/works/{work}/report", $"/works/{work}/report", ("reason", "copyright"), ("details", " mine "));
        Assert.Equal((HttpStatusCode.SeeOther, $"/works/{work}/report?sent=1"), (sent.StatusCode, sent.Headers.Location?.ToString()));
        Assert.Contains("A moderator looks at it.", await visitor.Read($"/works/{work}/report?sent=1"), StringComparison.Ordinal);
        Assert.Equal("copyright mine open", await app.Scalar<string>("select reason || ' ' || details || ' ' || status from reports where generation_id = $1 and account_id = $2", work, reader.Account));
        using var nothing = await visitor.Get($"/works/{Guid.NewGuid()}/report");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task A_work_shows_what_it_is_based_on_and_what_was_made_of_it_as_far_as_that_is_public()
    {
        var app = shared.App;
        var (ada, ben) = (await app.Caller(), await app.Caller());
        var root = await app.Work(ada.Account, "the root");
        var middle = await app.Work(ben.Account, "the middle", parent: root);
        var leaf = await app.Work(ada.Account, "the leaf", parent: middle);
        var hidden = await app.Work(ben.Account, "a hidden one", visibility: "unlisted", parent: middle);
        var below = await app.Work(ada.Account, "below the hidden", parent: hidden);
        // Related works stand on the page too: only what stands before them is looked at.
        async Task<string> Family(Guid work, string from, string to)
        {
            var page = await (await PageVisitor.SignIn(app, ben.Account)).Read($"/works/{work}");
            var start = page.IndexOf(from, StringComparison.Ordinal);
            return start < 0 ? "" : page[start..page.IndexOf(to, start, StringComparison.Ordinal)];
        }

        var chain = await Family(leaf, "id=\"based-on\"", "</ol>");
        Assert.True(chain.IndexOf($"/works/{middle}", StringComparison.Ordinal) is > 0 and var first && chain.IndexOf($"/works/{root}", StringComparison.Ordinal) > first, chain);
        var remixes = await Family(middle, "id=\"remixes\"", "</section>");
        Assert.Contains($"/works/{leaf}", remixes, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden.ToString(), remixes, StringComparison.Ordinal);
        Assert.Equal("", await Family(below, "id=\"based-on\"", "</ol>"));

        await ben.Patch($"/v1/generations/{middle}", new { visibility = "private" });
        Assert.Equal("", await Family(leaf, "id=\"based-on\"", "</ol>"));
        Assert.Equal("", await Family(root, "id=\"remixes\"", "</section>"));
    }

    [Fact]
    public async Task Near_a_work_are_others_by_its_author_and_works_with_its_tags()
    {
        var app = shared.App;
        var (ada, ben) = (await app.Caller(), await app.Caller());
        var work = await app.Work(ada.Account, "a lighthouse #fog");
        var (own, tagged) = (await app.Work(ada.Account, "a hill"), await app.Work(ben.Account, "a bridge #fog"));
        await app.Execute("update publications set model = 'other' where generation_id = $1", tagged);

        var page = await app.Stranger().Http.GetStringAsync($"/works/{work}");
        var similar = page[page.IndexOf("id=\"similar\"", StringComparison.Ordinal)..];
        Assert.Contains($"/works/{tagged}", similar, StringComparison.Ordinal);
        Assert.DoesNotContain($"/works/{own}", similar, StringComparison.Ordinal);
        Assert.Contains($"/works/{own}", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/explore?tag=fog\"", page, StringComparison.Ordinal);
        Assert.Contains("Use this prompt · 1 credit<", page.Replace("&#xB7;", "·", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gallery_can_be_filtered_by_the_shape_that_a_picture_was_published_with()
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var works = new Dictionary<string, Guid>();
        foreach (var (shape, width, height) in new[] { ("wide", 1920, 1080), ("landscape", 1200, 800), ("square", 1024, 1000), ("portrait", 800, 1200), ("tall", 1080, 1920) })
            works[shape] = await app.Work(maker.Account, "a shape", width: width, height: height);
        foreach (var (shape, work) in works)
        {
            Assert.Equal([work], await app.Stranger().Ids($"/v1/explore?aspect={shape}"));
            Assert.Equal([work], await app.Stranger().Ids($"/v1/explore?aspect={shape}&q=shape"));
            Assert.Equal([work], await app.Stranger().Ids($"/v1/explore?aspect={shape}&sort=top&period=week"));
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Stranger().Get("/v1/explore?aspect=round")).Status);

        var published = await app.Work(maker.Account, visibility: "private", width: 1080, height: 1920);
        await maker.Patch($"/v1/generations/{published}", new { visibility = "public" });
        Assert.Contains(published, await app.Stranger().Ids("/v1/explore?aspect=tall"));
    }

    [Fact]
    public async Task Whoever_uses_the_prompt_of_a_work_makes_a_remix_of_it()
    {
        await using var app = await App.Scripted(postgres);
        var (ada, ben) = (await app.Caller(), await app.Caller());
        var work = await app.Work(ada.Account, "a bell tower");
        var visitor = await PageVisitor.SignIn(app, ben.Account);
        Assert.Contains($"name=\"parentId\" value=\"{work}\"", await visitor.Read($"/playground?work={work}"), StringComparison.Ordinal);

        using var started = await visitor.Post($"/playground?work={work}", "/playground", ("type", "text2image"), ("provider", "studio"), ("model", "studio-sketch"), ("prompt", "a bell tower at night"), ("requestId", "one"), ("parentId", work.ToString()), ("visibility", "public"));
        var remix = Guid.Parse(started.Headers.Location!.ToString()[^36..]);
        await ben.Ended(remix);
        Assert.Contains($"/works/{remix}", await (await PageVisitor.SignIn(app, ada.Account)).Read($"/works/{work}"), StringComparison.Ordinal);
    }
}
