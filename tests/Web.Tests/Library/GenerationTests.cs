using Rpd.Web.Library;
using Rpd.Web.Playground;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Library;

public class GenerationTests
{
    [Fact]
    public async Task A_card_has_its_version_inside_the_frame()
    {
        var page = await Draw.Page<GenerationCard>(Samples.Generation(3, "processing"));
        var frame = page.QuerySelector("turbo-frame")!;
        Assert.Equal($"/library/{Samples.Id(303)}/card", frame.GetAttribute("data-live-src"));
        Assert.Equal("3", frame.QuerySelector("article")!.GetAttribute("data-live-version"));
        Assert.Equal("42", frame.QuerySelector("progress")!.GetAttribute("value"));
        Assert.Empty(page.QuerySelectorAll("form"));
    }

    [Fact]
    public async Task A_failure_says_why_and_what_came_back()
    {
        var page = await Draw.Page<GenerationPage>(Samples.GenerationPage(Samples.Generation(3, "failed")), Samples.Viewer);
        Assert.Contains("The provider did not finish in time.", page.Body!.TextContent);
        Assert.Contains("10 credits returned", page.Body.TextContent);
        Assert.Null(page.QuerySelector("form[action$='/visibility']"));
    }

    [Theory]
    [InlineData(CancelEffect.FullRefund, "a full refund")]
    [InlineData(CancelEffect.NoRefund, "keeps the charge")]
    public async Task Cancelling_says_what_it_costs_before_it_is_done(CancelEffect effect, string words)
    {
        var page = await Draw.Page<GenerationPage>(Samples.GenerationPage(Samples.Generation(3, "processing"), effect), Samples.Viewer);
        Assert.Contains(words, page.QuerySelector("form[action$='/cancel']")!.TextContent);
    }

    [Fact]
    public void Running_again_fills_in_the_same_parameters()
    {
        var form = PlaygroundForm.Again(Samples.Generation(3) with { Count = 2, Params = Samples.Json("""{"aspectRatio":"4:3","seed":1234,"hdr":true,"pixels":{"left":1}}""") });
        Assert.Equal(("text2image", "studio", "studio-sketch", "2"), (form.Type, form.Provider, form.Model, form.Count));
        Assert.Equal("Night market in the rain, wide lens, reflections", form.Prompt);
        Assert.Equal(new Dictionary<string, string> { ["aspectRatio"] = "4:3", ["seed"] = "1234", ["hdr"] = "true" }, form.Params);
    }

    [Fact]
    public async Task Enter_in_the_title_saves_and_does_not_publish()
    {
        var page = await Draw.Page<GenerationPage>(Samples.GenerationPage(Samples.Generation(4) with { Status = "completed" }), Samples.Viewer);
        var buttons = page.QuerySelectorAll("form[action$='/visibility'] button[type=submit]");
        Assert.Equal(["Save", "Publish"], buttons.Select(button => button.TextContent));
        Assert.False(buttons[0].HasAttribute("name"));
    }

    [Fact]
    public async Task A_start_answers_with_the_card_the_price_and_a_fresh_request_id()
    {
        var page = await Draw.Page<StartedStream>(new StartedModel(Samples.Generation(2, "queued"), Samples.Price, "req-2"));
        var targets = page.QuerySelectorAll("turbo-stream").Select(s => s.GetAttribute("target") ?? s.GetAttribute("targets"));
        Assert.Equal(["no-recent", "recent", "price", "header [data-balance]", "request-id", "toasts"], targets);
        Assert.Contains("req-2", page.Body!.InnerHtml);
    }

    [Fact]
    public async Task A_price_that_cannot_be_told_says_why_in_the_words_of_the_form()
    {
        var page = await Draw.Page<PricePanel>(new PriceModel(null, Rpd.Shared.Refusal.Invalid("params.aspectRatio", "params.aspectRatio must look like 16:9."), 7));
        Assert.Contains("Ratio must look like 16:9.", page.Body!.TextContent);
    }

    [Fact]
    public async Task Too_few_credits_names_what_is_missing()
    {
        var page = await Draw.Page<PricePanel>(Samples.Price with { Balance = 7 });
        Assert.Contains("need 3 more", page.Body!.TextContent);
    }
}
