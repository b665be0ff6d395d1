using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed class GenerationPagesTests(TestPostgres postgres)
{
    [Fact]
    public async Task Without_its_frame_a_card_or_a_price_leads_to_its_page()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var id = await Started(caller, "a hill");
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var lost = await visitor.Get($"/library/{id}/card");
        Assert.Equal((HttpStatusCode.SeeOther, $"/library/{id}"), (lost.StatusCode, lost.Headers.Location?.ToString()));
        using var unpriced = await visitor.Get("/playground/price?type=text2image&count=2");
        Assert.Equal((HttpStatusCode.SeeOther, "/playground?type=text2image&count=2"), (unpriced.StatusCode, unpriced.Headers.Location?.ToString()));

        foreach (var (path, frame, box) in new[] { ($"/library/{id}/card", $"card-{id}", false), ($"/library/{id}/card?choice=true", $"card-{id}", true), ("/playground/price?type=text2image", "price", false) })
        {
            using var drawn = await visitor.Get(path, frame);
            var html = await drawn.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith($"<turbo-frame id=\"{frame}\"", html.TrimStart(), StringComparison.Ordinal);
            Assert.Equal(box, html.Contains($"name=\"ids\" value=\"{id}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_long_prompt_is_run_again_whole_by_its_owner_and_used_by_others_once_it_is_open()
    {
        var prompt = string.Concat(Enumerable.Repeat("a slow river ", 150)) + "bends";
        await using var app = await App.Scripted(postgres);
        var (owner, other) = (await app.Caller(), await app.Caller());
        var id = await Started(owner, prompt);
        await owner.Ended(id);
        var (mine, theirs) = (await PageVisitor.SignIn(app, owner.Account), await PageVisitor.SignIn(app, other.Account));

        Assert.Contains($">{prompt}</textarea>", await mine.Read($"/playground?from={id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("bends", await theirs.Read($"/playground?from={id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("bends", await theirs.Read($"/playground?work={id}"), StringComparison.Ordinal);

        await owner.Patch($"/v1/generations/{id}", new { visibility = "unlisted" });
        Assert.Contains($">{prompt}</textarea>", await theirs.Read($"/playground?work={id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_one_character_longer_and_not_two()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        await visitor.Post("/playground", "/playground", Form("one\r\ntwo", "first"));
        Assert.Equal("one\ntwo", await app.Scalar<string>("select prompt from generations"));
    }

    [Fact]
    public async Task A_form_that_comes_twice_with_other_words_is_told_so_without_speaking_of_keys()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        await visitor.Post("/playground", "/playground", Form("one", "first"));

        using var again = await visitor.Post("/playground", "/playground", Form("two", "first"));

        var page = await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("This form was sent before", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Idempotency", page, StringComparison.Ordinal);
        Assert.Equal(1L, await app.Scalar<long>("select count(*) from generations"));
    }

    private static (string, string)[] Form(string prompt, string request) =>
        [("type", "text2image"), ("provider", "studio"), ("model", "studio-sketch"), ("prompt", prompt), ("requestId", request)];

    private static async Task<Guid> Started(Caller caller, string prompt) =>
        (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch(prompt))).Body.GetProperty("data").GetProperty("id").GetGuid();
}
