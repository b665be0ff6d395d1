using System.Net;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Social;

public sealed class ProfilePagesTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_profile_shows_who_somebody_is_and_what_they_published_and_text_stays_text()
    {
        await using var app = await App.Start(postgres);
        var (maker, fan) = (await app.Caller(), await app.Caller());
        await app.Work(maker.Account, title: "<script>alert(1)</script>");
        await app.Work(maker.Account, title: "Kept back", visibility: "unlisted");
        await app.Execute("update accounts set display_name = 'Ada <b>', handle = 'ada_l' where id = $1", maker.Account);
        await app.Execute("insert into profiles (account_id, bio) values ($1, '<img src=x> paints')", maker.Account);
        await fan.Post("/v1/social/follow/@ada_l", new { });
        var stranger = new PageVisitor(app.CreateClient(new() { AllowAutoRedirect = false }));

        var html = await stranger.Read("/@ada_l");

        Assert.Contains("<h1>Ada &lt;b&gt;</h1>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x&gt; paints", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Kept back", html, StringComparison.Ordinal);
        Assert.Contains($"data-count=\"followers:{maker.Account}\">1<", html, StringComparison.Ordinal);
        Assert.Contains("/sign-in?returnUrl=%2F%40ada_l", html, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", html, StringComparison.Ordinal);
        Assert.Contains("<link rel=\"canonical\" href=\"http://localhost:5080/@ada_l\"", html.Replace("&#x40;", "@", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/@ADA_L", "/@ada_l")]
    [InlineData("/@Ada_l/followers?cursor=x", "/@ada_l/followers?cursor=x")]
    public async Task Another_case_leads_to_the_one_address(string asked, string right)
    {
        await using var app = await App.Start(postgres);
        await app.Execute("update accounts set handle = 'ada_l' where id = $1", (await app.Caller()).Account);

        var answer = await new PageVisitor(app.CreateClient(new() { AllowAutoRedirect = false })).Get(asked);

        Assert.Equal((HttpStatusCode.MovedPermanently, right), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Nobody_and_the_suspended_have_no_page()
    {
        var app = shared.App;
        var maker = await app.Caller();
        var handle = await Handle(app, maker);
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/@{handle}")).StatusCode);

        await app.Execute("update accounts set status = 'suspended' where id = $1", maker.Account);

        foreach (var path in new[] { $"/@{handle}", $"/@{handle}/followers", "/@nobody_at_all", "/@..", "/@" }) Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("/explore", $"/@{handle}/follow")).StatusCode);
    }

    [Fact]
    public async Task Following_from_a_page_leads_back_to_it_and_a_second_click_does_not_turn_it_round()
    {
        var app = shared.App;
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var handle = await Handle(app, maker);
        var visitor = await PageVisitor.SignIn(app, fan.Account);

        foreach (var _ in new[] { 1, 2 })
        {
            var answer = await visitor.Post("/explore", $"/@{handle}/follow", ("follow", "yes"), ("returnUrl", "/works/1"));
            Assert.Equal((HttpStatusCode.SeeOther, "/works/1"), (answer.StatusCode, answer.Headers.Location?.ToString()));
            Assert.Equal(1, await app.Scalar<int>("select follower_count from profiles where account_id = $1", maker.Account));
        }
        Assert.Contains("Following", await visitor.Read($"/@{handle}"), StringComparison.Ordinal);
        foreach (var elsewhere in new[] { "https://evil.example", "//evil.example", "/\\evil.example" })
            Assert.Equal($"/@{handle}", (await visitor.Post("/explore", $"/@{handle}/follow", ("follow", "yes"), ("returnUrl", elsewhere))).Headers.Location?.ToString());

        await visitor.Post("/explore", $"/@{handle}/follow", ("follow", "no"));
        Assert.Equal(0, await app.Scalar<int>("select follower_count from profiles where account_id = $1", maker.Account));
    }

    [Fact]
    public async Task A_script_gets_the_new_buttons_and_number_and_a_refusal_in_words()
    {
        var app = shared.App;
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var handle = await Handle(app, maker);
        var visitor = await PageVisitor.SignIn(app, fan.Account);

        var answer = await visitor.Send("/explore", $"/@{handle}/follow", new FormUrlEncodedContent([KeyValuePair.Create("follow", "yes"), KeyValuePair.Create("returnUrl", "/explore")]), streams: true);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal("text/vnd.turbo-stream.html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"targets=\"[data-count='followers:{maker.Account}']\"><template>1<", html.Replace("&#x27;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("name=\"follow\" value=\"no\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"returnUrl\" value=\"/explore\"", html, StringComparison.Ordinal);

        var own = await Handle(app, fan);
        var refused = await visitor.Post("/explore", $"/@{own}/follow", ("follow", "yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Nobody can follow themselves.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_needs_a_session_and_a_token_and_is_never_done_by_an_address()
    {
        await using var app = await App.Start(postgres);
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var handle = await Handle(app, maker);
        using var http = app.CreateClient(new() { AllowAutoRedirect = false });
        var visitor = await PageVisitor.SignIn(app, fan.Account);

        var signedOut = await http.PostAsync(new Uri($"/@{handle}/follow", UriKind.Relative), new FormUrlEncodedContent([]));
        Assert.Contains("/sign-in", signedOut.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostBare($"/@{handle}/follow")).StatusCode);
        Assert.Equal($"/@{handle}", (await visitor.Get($"/@{handle}/follow")).Headers.Location?.ToString());
        Assert.Equal(0, await app.Scalar<long>("select count(*) from follows"));
        Assert.Contains("/sign-in", (await http.GetAsync(new Uri("/following", UriKind.Relative))).Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Likes_are_ones_own_until_they_are_made_public()
    {
        var app = shared.App;
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var (seen, withdrawn) = (await app.Work(maker.Account, title: "Lighthouse"), await app.Work(maker.Account, title: "Withdrawn later"));
        foreach (var work in new[] { seen, withdrawn }) await fan.Post($"/v1/explore/{work}/like", new { });
        await app.Execute("update publications set listed = false where generation_id = $1", withdrawn);
        var handle = await Handle(app, fan);
        var (own, other) = (await PageVisitor.SignIn(app, fan.Account), await PageVisitor.SignIn(app, maker.Account));

        Assert.Contains("Only you see what you like.", await own.Read($"/@{handle}/likes"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/@{handle}/likes")).StatusCode);
        Assert.DoesNotContain($"/@{handle}/likes", await other.Read($"/@{handle}"), StringComparison.Ordinal);
        await app.Execute("insert into profiles (account_id, likes_public) values ($1, true) on conflict (account_id) do update set likes_public = true", fan.Account);

        var html = await other.Read($"/@{handle}/likes");
        Assert.Contains("Lighthouse", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Withdrawn later", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collections_are_the_public_ones_and_people_can_be_followed_from_lists()
    {
        var app = shared.App;
        var (maker, fan) = (await app.Caller(), await app.Caller());
        await maker.Post("/v1/collections", new { name = "Seas", visibility = "public" });
        await maker.Post("/v1/collections", new { name = "Hidden hills" });
        await maker.Post("/v1/collections", new { name = "For friends", visibility = "unlisted" });
        await fan.Post($"/v1/social/follow/{maker.Account}", new { });
        var (handle, fans) = (await Handle(app, maker), await Handle(app, fan));

        var html = await (await PageVisitor.SignIn(app, fan.Account)).Read($"/@{handle}/collections");
        Assert.Contains("Seas", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden hills", html, StringComparison.Ordinal);
        Assert.DoesNotContain("For friends", html, StringComparison.Ordinal);

        var followers = await (await PageVisitor.SignIn(app, maker.Account)).Read($"/@{handle}/followers");
        Assert.Contains($"action=\"/@{fans}/follow\"", followers.Replace("&#x40;", "@", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"/@{handle}", await (await PageVisitor.SignIn(app, maker.Account)).Read($"/@{fans}/following"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Liked_works_go_on_where_the_page_before_ended()
    {
        await using var app = await App.Start(postgres);
        var (maker, fan) = (await app.Caller(), await app.Caller());
        await app.Fill(maker.Account, 50);
        await app.Execute("insert into likes select id, $1, now() - interval '1 second' * (row_number() over ()) from publications", fan.Account);
        var (handle, visitor) = (await Handle(app, fan), await PageVisitor.SignIn(app, fan.Account));

        var first = await visitor.Read($"/@{handle}/likes");
        var next = System.Text.RegularExpressions.Regex.Match(first, "/likes\\?cursor=([^\"]+)\"").Groups[1].Value;
        var second = await visitor.Read($"/@{handle}/likes?cursor={next}");

        Assert.Equal((48, 2), (Tiles(first).Count(), Tiles(second).Count()));
        Assert.Empty(Tiles(first).Intersect(Tiles(second)));
        Assert.Contains($"<turbo-frame id=\"from-{next}\"", second, StringComparison.Ordinal);
        Assert.Equal(48, Tiles(await visitor.Read($"/@{handle}/likes?cursor=nonsense")).Count());
    }

    [Fact]
    public async Task The_feed_page_shows_those_who_are_followed_and_says_how_to_fill_it()
    {
        var app = shared.App;
        var (maker, other, reader) = (await app.Caller(), await app.Caller(), await app.Caller());
        await app.Work(maker.Account, title: "Theirs");
        await app.Work(other.Account, title: "Of a stranger");
        var visitor = await PageVisitor.SignIn(app, reader.Account);
        Assert.Contains("Follow people to fill this", await visitor.Read("/following"), StringComparison.Ordinal);

        await reader.Post($"/v1/social/follow/{maker.Account}", new { });

        var html = await visitor.Read("/following");
        Assert.Contains("Theirs", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Of a stranger", html, StringComparison.Ordinal);
        await app.Execute("update publications set listed = false");
        Assert.Contains("Nothing new yet", await visitor.Read("/following"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Tiles(string html) => System.Text.RegularExpressions.Regex.Matches(html, "href=\"/works/([0-9a-f-]+)\"").Select(match => match.Groups[1].Value);

    private static Task<string> Handle(App app, Caller caller) => app.Scalar<string>("select handle from accounts where id = $1", caller.Account);
}
