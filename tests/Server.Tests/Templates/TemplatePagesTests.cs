using System.Net;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Templates;

public sealed class TemplatePagesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_stranger_sees_the_curated_ones_and_gets_no_cookie()
    {
        var app = shared.App;
        using var stranger = app.CreateClient(new() { AllowAutoRedirect = false });

        using var page = await stranger.GetAsync(new Uri("/templates?type=audio", UriKind.Relative), TestContext.Current.CancellationToken);
        using var form = await stranger.GetAsync(new Uri("/templates/new", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(page.Headers.Contains("Set-Cookie"));
        Assert.Contains("/playground?template=", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", form.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_is_made_its_gaps_described_and_in_the_end_deleted()
    {
        var app = shared.App;
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var made = await visitor.Post("/templates/new", "/templates/new", ("title", "Hills"), ("type", "text2image"), ("prompt", "A hill by {place} <script>x</script>"), ("model", "studio-sketch"));
        var address = made.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        Assert.EndsWith("?new=yes", address, StringComparison.Ordinal);
        address = address.Split('?')[0];

        using var described = await visitor.Post(address, address, ("title", "Hills"), ("type", "text2image"), ("prompt", "A hill by {place} <script>x</script>"), ("gap.place.label", "Where"), ("gap.place.default", "the sea"));
        Assert.Equal("/templates", described.Headers.Location?.ToString());
        var list = await visitor.Read("/templates");
        Assert.Contains(">the sea</mark>", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", list, StringComparison.Ordinal);
        var kept = (await caller.Get("/v1/templates?owner=own")).Data()[0];
        Assert.Equal(("Where", null), (kept.GetProperty("placeholders")[0].GetProperty("label").GetString(), kept.GetProperty("model").GetString()));

        // A gap that leaves the prompt takes its description with it; a new one is asked about.
        using var changed = await visitor.Post(address, address, ("title", "Hills"), ("type", "text2image"), ("prompt", "A hill at {hour}"), ("gap.place.label", "Where"), ("gap.place.default", "the sea"));
        Assert.Equal($"{address}?new=yes", changed.Headers.Location?.ToString());

        using var deleted = await visitor.Post(address, address + "/delete");
        Assert.Equal("/templates", deleted.Headers.Location?.ToString());
        using var gone = await visitor.Get(address);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_with_everything_that_was_typed()
    {
        var app = shared.App;
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);

        using var refused = await visitor.Post("/templates/new", "/templates/new", ("title", " "), ("type", "poem"), ("prompt", "A {thing}"), ("model", "no-such-model"));
        var page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(">A {thing}</textarea>", page, StringComparison.Ordinal);
        foreach (var field in new[] { "f-title-error", "f-type-error", "f-model-error" }) Assert.Contains($"id=\"{field}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_s_and_curated_ones_have_no_form_and_no_form_works_without_its_token()
    {
        var app = shared.App;
        var (owner, other) = (await app.Caller(), await app.Caller());
        var id = (await owner.Post("/v1/templates", new { title = "One", type = "audio", prompt = "Say {what}" })).Data().GetProperty("id").GetGuid();
        var theirs = await PageVisitor.SignIn(app, other.Account);
        var curated = new Rpd.Server.Templates.CuratedTemplates().All[0].Id;

        foreach (var hidden in new[] { id, curated })
        {
            using var form = await theirs.Get($"/templates/{hidden}");
            using var change = await theirs.Post("/templates/new", $"/templates/{hidden}", ("title", "Mine"), ("type", "audio"), ("prompt", "x"));
            using var delete = await theirs.Post("/templates/new", $"/templates/{hidden}/delete");
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (form.StatusCode, change.StatusCode, delete.StatusCode));
        }
        using var tokenless = await (await PageVisitor.SignIn(app, owner.Account)).PostBare($"/templates/{id}/delete");
        Assert.Equal(HttpStatusCode.BadRequest, tokenless.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.Get($"/v1/templates/{id}")).Status);
    }
}
