using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts.Profiles;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed class ProfilePagesTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_saved_profile_is_what_others_see_and_what_the_form_shows_again()
    {
        var app = shared.App;
        var (caller, stranger) = (await app.Caller(), await app.Caller());
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var saved = await Save(visitor, "<b>Ada</b> Lovelace", "ada_1815", "I draw.\r\n<script>alert(1)</script>", "Asia/Tokyo", likes: true);
        Assert.Equal((HttpStatusCode.SeeOther, "/settings"), (saved.StatusCode, saved.Headers.Location?.ToString()));

        var profile = (await stranger.Get("/v1/social/profile/@ada_1815")).Body.GetProperty("data");
        Assert.Equal(("<b>Ada</b> Lovelace", "I draw.\n<script>alert(1)</script>"), (profile.GetProperty("displayName").GetString(), profile.GetProperty("bio").GetString()));
        Assert.True(await app.Scalar<bool>("select likes_public from profiles where account_id = $1", caller.Account));
        var page = await visitor.Read("/settings");
        Assert.Contains("role=\"status\">Saved.", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("""value="Asia/Tokyo" selected""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_drawn_in_the_zone_that_was_chosen()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        await app.Execute("update accounts set created_at = '2026-03-05T20:00:00Z' where id = $1", caller.Account);
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        Assert.Contains("""data-local="day">5 Mar 2026<""", await visitor.Read("/settings"), StringComparison.Ordinal);

        using var saved = await Save(visitor, "Ada", "ada_1815", "", "Asia/Tokyo");

        Assert.Contains("""title="Asia/Tokyo">6 Mar 2026<""", await visitor.Read("/settings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_form_keeps_everything_typed_and_changes_nothing()
    {
        var app = shared.App;
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var refused = await Save(visitor, " ", "Sup port!", new string('x', 501), "Mars/Olympus");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4, page.Split("aria-invalid=\"true\"").Length - 1);
        Assert.Contains("value=\"Sup port!\"", page, StringComparison.Ordinal);
        Assert.Contains(new string('x', 501) + "</textarea>", page, StringComparison.Ordinal);
        Assert.Equal("Tester", await app.Scalar<string>("select display_name from accounts where id = $1", caller.Account));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Save(visitor, "Ada", "admin", "", "UTC")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Save(visitor, new string('é', 60), "ada", new string('ü', 500), "")).StatusCode);
    }

    [Fact]
    public async Task A_handle_that_was_given_up_leads_to_the_new_one_and_nobody_else_gets_it()
    {
        await using var app = await App.Start(postgres);
        var (ada, eve) = (await app.Caller(), await app.Caller());
        var (hers, other) = (await PageVisitor.SignIn(app, ada.Account), await PageVisitor.SignIn(app, eve.Account));
        await Save(hers, "Ada", "ada", "", "UTC");
        await Save(hers, "Ada", "lovelace", "", "UTC");
        var handles = app.Services.GetRequiredService<HandleQueries>();

        Assert.Equal(new HandleOwner(ada.Account, "lovelace"), await handles.Find("Ada", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Save(other, "Eve", "ada", "", "UTC")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Save(other, "Eve", "lovelace", "", "UTC")).StatusCode);
        // Back to it, for its owner; and a third change within the time is the last.
        Assert.Equal(HttpStatusCode.SeeOther, (await Save(hers, "Ada", "ada", "", "UTC")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Save(hers, "Ada", "countess", "", "UTC")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Save(hers, "Ada", "enchantress", "", "UTC")).StatusCode);

        await app.Execute("update former_handles set until = now() - interval '1 second'");
        Assert.Null(await handles.Find("lovelace", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.SeeOther, (await Save(other, "Eve", "lovelace", "", "UTC")).StatusCode);
        Assert.Equal(new HandleOwner(eve.Account, "lovelace"), await handles.Find("lovelace", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_many_who_want_one_handle_at_once_one_gets_it()
    {
        await using var app = await App.Start(postgres);
        var visitors = new List<PageVisitor>();
        for (var n = 0; n < 6; n++) visitors.Add(await PageVisitor.SignIn(app, (await app.Caller(credits: 0)).Account));

        var answers = await Task.WhenAll(visitors.Select(visitor => Save(visitor, "Ada", "ada", "", "UTC")));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task Strangers_and_forms_without_a_token_change_nothing()
    {
        var app = shared.App;
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        using var http = app.CreateClient(new() { AllowAutoRedirect = false });

        foreach (var path in new[] { "/settings/profile", "/settings/avatar", "/settings/avatar/delete", "/settings/notifications", "/settings/data/export", "/settings/data/leave" })
        {
            using var stranger = await http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
            Assert.Contains(stranger.StatusCode, new[] { HttpStatusCode.SeeOther, HttpStatusCode.BadRequest });
            using var tokenless = await visitor.PostBare(path);
            Assert.Equal(HttpStatusCode.BadRequest, tokenless.StatusCode);
        }
    }

    private static Task<HttpResponseMessage> Save(PageVisitor visitor, string name, string handle, string bio, string zone, bool likes = false) => visitor.Post("/settings", "/settings/profile",
        [("displayName", name), ("handle", handle), ("bio", bio), ("timeZone", zone), .. likes ? [("likesPublic", "true")] : Array.Empty<(string, string)>()]);
}
