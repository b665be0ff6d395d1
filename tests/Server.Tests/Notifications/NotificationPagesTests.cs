using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Notifications;

public sealed class NotificationPagesTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task What_happened_is_listed_counted_in_the_header_and_read_by_its_form_only()
    {
        var app = shared.App;
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var work = await app.Work(maker.Account, title: "<b>Lighthouse</b>");
        var visitor = await PageVisitor.SignIn(app, maker.Account);
        Assert.Contains("Nothing has happened yet", await visitor.Read("/notifications"), StringComparison.Ordinal);
        Assert.Contains("data-count=\"unread\" hidden>0<", await visitor.Read("/explore"), StringComparison.Ordinal);
        await fan.Post($"/v1/explore/{work}/like", new { });
        await fan.Post($"/v1/social/follow/{maker.Account}", new { });

        var html = await visitor.Read("/notifications");
        Assert.Contains("&lt;b&gt;Lighthouse", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/works/{work}\"", html, StringComparison.Ordinal);
        Assert.Contains("data-count=\"unread\">2<", html, StringComparison.Ordinal);
        Assert.Contains("data-count=\"unread\">2<", await visitor.Read("/notifications"), StringComparison.Ordinal);

        var id = Regex.Match(html, "action=\"(/notifications/[0-9a-f-]+/read)\"").Groups[1].Value;
        var read = await visitor.Post("/notifications", id, ("show", "unread"));
        Assert.Equal((HttpStatusCode.SeeOther, "/notifications?show=unread"), (read.StatusCode, read.Headers.Location?.ToString()));
        var left = await visitor.Read("/notifications?show=unread");
        Assert.Contains("data-count=\"unread\">1<", left, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(left, "class=\"notice-line"));
        Assert.Equal(2, Regex.Count(await visitor.Read("/notifications"), "class=\"notice-line"));

        Assert.Equal("/notifications", (await visitor.Post("/notifications", "/notifications/read", ("show", "all"))).Headers.Location?.ToString());
        Assert.Contains("All read", await visitor.Read("/notifications?show=unread"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_gets_the_line_and_the_bell()
    {
        var app = shared.App;
        var maker = await app.Caller();
        var id = await Fill(app, maker.Account, 120);
        var visitor = await PageVisitor.SignIn(app, maker.Account);
        Assert.Contains("data-count=\"unread\">99&#x2B;<", await visitor.Read("/notifications"), StringComparison.Ordinal);

        var answer = await visitor.Send("/notifications", $"/notifications/{id}/read", new FormUrlEncodedContent([]), streams: true);

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<turbo-stream action=\"replace\" target=\"notification-{id}\"", html, StringComparison.Ordinal);
        Assert.Contains("target=\"bell\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Mark as read", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_peoples_are_not_there_and_an_address_alone_reads_nothing()
    {
        await using var app = await App.Start(postgres);
        var (maker, other) = (await app.Caller(), await app.Caller());
        var id = await Fill(app, maker.Account, 1);
        var visitor = await PageVisitor.SignIn(app, other.Account);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("/explore", $"/notifications/{id}/read")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await (await PageVisitor.SignIn(app, maker.Account)).Get($"/notifications/{id}/read")).StatusCode);
        Assert.Equal(1, await app.Scalar<long>("select count(*) from notifications where read_at is null"));
        using var http = app.CreateClient(new() { AllowAutoRedirect = false });
        Assert.Contains("/sign-in?ReturnUrl=%2Fnotifications", (await http.GetAsync(new Uri("/notifications", UriKind.Relative))).Headers.Location?.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/notifications", "")]
    [InlineData("/notifications?show=unread", "&show=unread")]
    public async Task Pages_follow_each_other(string address, string kept)
    {
        var app = shared.App;
        var maker = await app.Caller();
        await Fill(app, maker.Account, 45);
        var visitor = await PageVisitor.SignIn(app, maker.Account);

        var first = await visitor.Read(address);
        var next = Regex.Match(first, "/notifications\\?[^\"]*cursor=([^\"]+)\"").Groups[1].Value;
        var second = await visitor.Read($"/notifications?cursor={next}{kept}");

        Assert.Equal(45, Lines(first).Union(Lines(second)).Count());
        Assert.Equal((30, 15), (Lines(first).Count(), Lines(second).Count()));
        Assert.Equal(kept.Length > 0, first.Contains("show=unread&amp;cursor=", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Lines(string html) => Regex.Matches(html, "id=\"(notification-[0-9a-f-]+)\"").Select(match => match.Groups[1].Value);

    private static async Task<Guid> Fill(App app, Guid account, int count)
    {
        await app.Execute("""
            insert into notifications (id, account_id, kind, group_key, title, link, created_at)
            select gen_random_uuid(), $1, 'like', 'g' || n, 'Somebody liked ' || n, '/works/1', now() - n / 2 * interval '1 minute' from generate_series(1, $2) n
            """, account, count);
        return await app.Scalar<Guid>("select id from notifications order by created_at desc, id desc limit 1");
    }
}
