using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Admin;

/// <summary>Reported works are hidden or not, with a reason; their authors are told and may say something to it, once.</summary>
public sealed class ReportAdminTests(SharedScriptedApp shared) : IClassFixture<SharedScriptedApp>
{
    [Fact]
    public async Task A_work_that_several_people_reported_waits_once_with_their_reasons_and_shows_nothing_unasked()
    {
        var admin = await Admin();
        var (_, work) = await Published("lighthouse in fog");
        await Report(work, "privacy", "That is me.");
        await Report(work, "privacy", null);
        await Report(work, "spam", null);

        var page = WebUtility.HtmlDecode(await admin.Read("/admin/reports"));

        Assert.Single(page.Split($"/admin/reports/works/{work}/hide\"")[1..]);
        Assert.Contains("3 reports", page, StringComparison.Ordinal);
        Assert.Contains("Privacy × 2", page, StringComparison.Ordinal);
        Assert.Contains("That is me.", page, StringComparison.Ordinal);
        Assert.Matches("<details class=\"fold\">(?s:.)*?<img class=\"reported\"[^>]*loading=\"lazy\"", page);
    }

    [Fact]
    public async Task A_hidden_work_is_gone_for_everybody_but_its_owner_until_that_is_taken_back()
    {
        var admin = await Admin();
        var (author, work) = await Published("a quay at night");
        var (reader, visitor) = (await shared.App.Caller(), await PageVisitor.SignIn(shared.App, author.Account));
        var media = (await reader.Get($"/v1/explore/{work}")).Body.GetProperty("data").GetProperty("outputs")[0].GetProperty("url").GetString()!;
        await reader.Post($"/v1/explore/{work}/like", new { });
        await Report(work, "hate", null);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/reports", $"/admin/reports/works/{work}/hide")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/reports", $"/admin/reports/works/{work}/hide", ("reason", "Hateful words on the wall"), ("strike", "true"))).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await reader.Get($"/v1/explore/{work}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.Post($"/v1/explore/{work}/like", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.Get($"/v1/generations/{work}")).Status);
        Assert.DoesNotContain(work.ToString(), (await reader.Get("/v1/explore?limit=100")).Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.Http.GetAsync(new Uri(new Uri(media).PathAndQuery, UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await author.Patch($"/v1/generations/{work}", new { visibility = "unlisted" })).Status);
        Assert.Contains("Hateful words on the wall", await visitor.Read($"/library/{work}"), StringComparison.Ordinal);
        Assert.Contains("Hateful words on the wall", (await author.Get("/v1/notifications")).Body.ToString(), StringComparison.Ordinal);
        Assert.Equal("upheld", await shared.App.Scalar<string>("select status from reports where generation_id = $1", work));
        Assert.Contains("1 strike", await Strikes(admin, author), StringComparison.Ordinal);

        var decision = await shared.App.Scalar<Guid>("select id from moderation_decisions where generation_id = $1", work);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/reports", $"/admin/reports/decisions/{decision}/undo", ("reason", "It is a quotation"))).StatusCode);

        var back = (await reader.Get($"/v1/explore/{work}")).Body.GetProperty("data");
        Assert.Equal((1, true), (back.GetProperty("likeCount").GetInt32(), back.GetProperty("liked").GetBoolean()));
        Assert.Contains(work.ToString(), (await reader.Get("/v1/explore?limit=100")).Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await shared.App.Scalar<long>("select count(*) from moderation_decisions where account_id = $1 and strike and undone_at is null", author.Account));
        Assert.Equal(["work.hide", "work.undo"], await shared.App.Scalar<string[]>("select array_agg(action order by id) from audit_entries where target = $1", work.ToString()));
    }

    [Fact]
    public async Task Reports_that_are_dismissed_leave_the_work_as_it_is_and_come_back_when_that_is_undone()
    {
        var admin = await Admin();
        var (_, work) = await Published("a market");
        await Report(work, "spam", null);

        await admin.Post("/admin/reports", $"/admin/reports/works/{work}/dismiss", ("reason", "An honest market"));

        Assert.DoesNotContain($"/admin/reports/works/{work}/hide", await admin.Read("/admin/reports"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/works/{work}")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/reports", $"/admin/reports/works/{work}/dismiss", ("reason", "again"))).StatusCode);

        var decision = await shared.App.Scalar<Guid>("select id from moderation_decisions where generation_id = $1", work);
        await admin.Post("/admin/reports", $"/admin/reports/decisions/{decision}/undo", ("reason", "Look again"));
        Assert.Contains($"/admin/reports/works/{work}/hide", await admin.Read("/admin/reports"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_appeals_once_and_is_answered()
    {
        var admin = await Admin();
        var (author, work) = await Published("a portrait in oil");
        var (owner, other) = (await PageVisitor.SignIn(shared.App, author.Account), await PageVisitor.SignIn(shared.App, (await shared.App.Caller()).Account));
        await Report(work, "privacy", null);
        await admin.Post("/admin/reports", $"/admin/reports/works/{work}/hide", ("reason", "A person"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.Post($"/library/{work}", $"/library/{work}/appeal", ("appeal", " "))).StatusCode);
        await other.Post("/settings", $"/library/{work}/appeal", ("appeal", "I am not the owner."));
        await owner.Post($"/library/{work}", $"/library/{work}/appeal", ("appeal", "She has agreed in writing."));
        await owner.Post("/settings", $"/library/{work}/appeal", ("appeal", "And once more."));

        var queue = await admin.Read("/admin/reports");
        Assert.Contains("She has agreed in writing.", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("And once more.", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("I am not the owner.", queue, StringComparison.Ordinal);

        var decision = await shared.App.Scalar<Guid>("select id from moderation_decisions where generation_id = $1", work);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/reports", $"/admin/reports/decisions/{decision}/keep", ("reason", "No paper was shown"))).StatusCode);
        Assert.Contains("it stays hidden", await owner.Read($"/library/{work}"), StringComparison.Ordinal);
        Assert.Contains("No paper was shown", (await author.Get("/v1/notifications")).Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/reports", $"/admin/reports/decisions/{decision}/keep", ("reason", "again"))).StatusCode);
    }

    private async Task<PageVisitor> Admin() => await PageVisitor.Administer(shared.App, (await shared.App.Caller(admin: true)).Account);

    private async Task<(Caller Author, Guid Work)> Published(string prompt)
    {
        var author = await shared.App.Caller();
        var id = (await author.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, visibility = "public" })).Body.GetProperty("data").GetProperty("id").GetGuid();
        await author.Ended(id);
        return (author, id);
    }

    private async Task Report(Guid work, string reason, string? details) =>
        Assert.True((int)(await (await shared.App.Caller()).Post($"/v1/explore/{work}/report", new { reason, details })).Status < 300);

    /// <summary>Another work of theirs comes before the moderators with what stands against them.</summary>
    private async Task<string> Strikes(PageVisitor admin, Caller author)
    {
        var id = (await author.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "another", visibility = "public" })).Body.GetProperty("data").GetProperty("id").GetGuid();
        await author.Ended(id);
        await Report(id, "other", null);
        return await admin.Read("/admin/reports");
    }
}
