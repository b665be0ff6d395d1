using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Admin;

public sealed class AdminPagesTests(TestPostgres postgres)
{
    [Fact]
    public async Task For_everybody_but_administrators_the_pages_are_not_there()
    {
        await using var app = await App.Start(postgres);
        var somebody = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        var admin = await PageVisitor.Administer(app, (await app.Caller(admin: true)).Account);

        foreach (var path in new[] { "/admin", "/admin/models", "/admin/models/studio-sketch", "/admin/audit" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await somebody.Get(path)).StatusCode);
            Assert.Equal(HttpStatusCode.SeeOther, (await app.CreateClient(new() { AllowAutoRedirect = false }).GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        }
        foreach (var path in new[] { "/admin/models/studio-sketch", "/admin/providers/studio/margin", "/admin/types/text2image/preferred" })
            Assert.Equal(HttpStatusCode.NotFound, (await somebody.Post("/settings", path, ("rate", "5"), ("percent", "5"), ("seen", "0"))).StatusCode);
        Assert.DoesNotContain("/admin", await somebody.Read("/credits"), StringComparison.Ordinal);
        Assert.Contains("href=\"/admin\"", await admin.Read("/credits"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/admin/models/no-such")).StatusCode);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from audit_entries"));
    }

    [Fact]
    public async Task An_administrator_without_a_second_factor_is_told_to_set_one_up_and_changes_nothing()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(admin: true);
        var admin = await PageVisitor.SignIn(app, caller.Account);

        foreach (var path in new[] { "/admin", "/admin/models", "/admin/audit" })
        {
            var refused = await admin.Get(path);
            var page = await refused.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("A second factor is needed", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/settings/security\"", page, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.Post("/settings", "/admin/providers/studio/margin", ("percent", "12"))).StatusCode);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from audit_entries"));

        // It has one now, but this session has shown a password alone.
        await app.Execute("update accounts set two_factor_enabled = true where id = $1", caller.Account);
        Assert.Contains("/settings/security/prove?code=yes&amp;returnUrl=%2Fadmin%2Faudit", await (await admin.Get("/admin/audit")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/settings", "/settings/security/prove", ("proof", "a quiet river bends"), ("code", "true"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.Get("/admin/audit")).StatusCode);
        // And one that was shown yesterday counts no more, as one that has been taken away.
        await app.Execute("update sessions set second_factor_at = now() - interval '13 hours' where account_id = $1", caller.Account);
        app.Services.GetRequiredService<Sessions>().ForgetAll();
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.Get("/admin/audit")).StatusCode);
        await app.Execute("update sessions set second_factor_at = now() where account_id = $1", caller.Account);
        app.Services.GetRequiredService<Sessions>().ForgetAll();
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/admin/audit")).StatusCode);
        await app.Execute("update accounts set two_factor_enabled = false where id = $1", caller.Account);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.Get("/admin/audit")).StatusCode);
    }

    [Fact]
    public async Task The_list_shows_all_models_and_finds_by_words_and_provider()
    {
        await using var app = await App.Start(postgres);
        var admin = await PageVisitor.Administer(app, (await app.Caller(admin: true)).Account);

        var all = WebUtility.HtmlDecode(await admin.Read("/admin/models"));
        Assert.Contains("/admin/models/flux-3-video", all, StringComparison.Ordinal);
        Assert.Contains("2–10 by resolution and audio", all, StringComparison.Ordinal);
        var some = await admin.Read("/admin/models?provider=kling&q=omni");
        Assert.Contains("/admin/models/kling-3.0-omni", some, StringComparison.Ordinal);
        Assert.DoesNotContain("/admin/models/kling-2.6\"", some, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_changes_a_model_and_takes_back_what_is_emptied()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(admin: true);
        var admin = await PageVisitor.Administer(app, caller.Account);

        var saved = await Save(admin, 0, ("rate", "2.5"), ("hidden", "false"), ("alternatives", "nano-banana-pro, gpt-image-2"), ("defaults.seed", "7"), ("defaults.aspectRatio", "16:9"));

        Assert.Equal((HttpStatusCode.SeeOther, "/admin/models/studio-sketch"), (saved.StatusCode, saved.Headers.Location?.ToString()));
        var page = await admin.Read("/admin/models/studio-sketch");
        Assert.Contains("Saved.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"2.5\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"nano-banana-pro, gpt-image-2\"", page, StringComparison.Ordinal);
        Assert.Equal("""{"rate": 2.5, "hidden": false, "defaults": {"seed": 7, "aspectRatio": "16:9"}, "alternatives": ["nano-banana-pro", "gpt-image-2"]}""", await app.Scalar<string>("select change::text from catalog_changes"));

        await Save(admin, 1, ("rate", ""));

        Assert.Equal("""{"defaults": {}}""", await app.Scalar<string>("select change::text from catalog_changes"));
        Assert.Equal(1, (await caller.Post("/v1/credits/estimate", new { type = "text2image", provider = "studio", model = "studio-sketch" })).Body.GetProperty("credits").GetInt64());
    }

    [Fact]
    public async Task A_form_that_is_wrong_comes_back_with_what_was_typed_and_one_that_is_stale_with_what_is_there()
    {
        await using var app = await App.Start(postgres);
        var admin = await PageVisitor.Administer(app, (await app.Caller(admin: true)).Account);

        var wrong = await Save(admin, 0, ("rate", "much"), ("alternatives", "no-such"), ("defaults.width", "wide"));
        var text = await wrong.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("value=\"much\"", text, StringComparison.Ordinal);
        Assert.Contains("must be a number", text, StringComparison.Ordinal);
        var fits = await Save(admin, 0, ("rate", "2"), ("defaults.width", "wide"));
        Assert.Contains("must be a whole number", await fits.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from catalog_changes"));

        await Save(admin, 0, ("rate", "2"));
        var stale = await Save(admin, 0, ("rate", "9"));

        var shown = await stale.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        Assert.Contains("Somebody else has changed this meanwhile", shown, StringComparison.Ordinal);
        Assert.Contains("name=\"rate\" type=\"text\" value=\"2\"", shown, StringComparison.Ordinal);
        Assert.Equal(1, await app.Scalar<long>("select count(*) from audit_entries"));
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostBare("/admin/models/studio-sketch", ("rate", "9"), ("seen", "1"))).StatusCode);
    }

    [Fact]
    public async Task Margins_and_what_is_offered_first_have_forms_of_their_own()
    {
        await using var app = await App.Start(postgres);
        var admin = await PageVisitor.Administer(app, (await app.Caller(admin: true)).Account);

        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/models", "/admin/providers/studio/margin", ("percent", "12.5"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/models", "/admin/types/text2image/preferred", ("preferred", "sandbox-success"))).StatusCode);
        Assert.Contains("value=\"12.5\"", await admin.Read("/admin/models"), StringComparison.Ordinal);
        Assert.Contains("name=\"model\" value=\"sandbox-success\"", await admin.Read("/playground?type=text2image"), StringComparison.Ordinal);

        foreach (var (path, name, value) in new[] { ("/admin/providers/studio/margin", "percent", "lots"), ("/admin/providers/studio/margin", "percent", "0.001"), ("/admin/types/text2image/preferred", "preferred", "kling-3.0") })
        {
            var refused = await admin.Post("/admin/models", path, (name, value));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains($"value=\"{value}\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/admin/models", "/admin/providers/nobody/margin", ("percent", "1"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/admin/models", "/admin/types/juggling/preferred", ("preferred", "x"))).StatusCode);
        Assert.Equal(2, await app.Scalar<long>("select count(*) from audit_entries"));

        await admin.Post("/admin/models", "/admin/types/text2image/preferred", ("preferred", ""));
        Assert.Contains("name=\"model\" value=\"studio-sketch\"", await admin.Read("/playground?type=text2image"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_goes_back_page_by_page()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(admin: true);
        await app.Execute("insert into audit_entries (id, at, account_id, actor, action, target, before, after) select ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, now(), $1, '@a b', 'x.y', 'thing-' || n, null, null from generate_series(1, 60) n", caller.Account);
        var admin = await PageVisitor.Administer(app, caller.Account);

        var newest = await admin.Read("/admin/audit");
        Assert.Contains("thing-60<", newest, StringComparison.Ordinal);
        Assert.Contains("thing-11<", newest, StringComparison.Ordinal);
        Assert.DoesNotContain("thing-10<", newest, StringComparison.Ordinal);
        var older = System.Text.RegularExpressions.Regex.Match(newest, "/admin/audit\\?cursor=[^\"]+").Value;
        var rest = await admin.Read(WebUtility.HtmlDecode(older));
        Assert.Contains("thing-10<", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("thing-11<", rest, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> Save(PageVisitor admin, int seen, params (string Name, string Value)[] fields) =>
        admin.Post("/admin/models/studio-sketch", "/admin/models/studio-sketch", [.. fields, ("seen", seen.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
}
