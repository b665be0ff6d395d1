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
    public void Running_again_fills_in_the_same_parameters() =>
        Assert.Equal("/playground?type=text2image&provider=studio&model=studio-sketch&prompt=Night%20market%20in%20the%20rain%2C%20wide%20lens%2C%20reflections&params.aspectRatio=4%3A3&params.seed=1234",
            RunAgain.Address(Samples.Generation(3)));

    [Fact]
    public async Task A_start_answers_with_the_card_the_price_and_a_fresh_request_id()
    {
        var page = await Draw.Page<StartedStream>(new StartedModel(Samples.Generation(2, "queued"), Samples.Price, "req-2"));
        var targets = page.QuerySelectorAll("turbo-stream").Select(s => s.GetAttribute("target") ?? s.GetAttribute("targets"));
        Assert.Equal(["no-recent", "recent", "price", "header [data-balance]", "request-id", "toasts"], targets);
        Assert.Contains("req-2", page.Body!.InnerHtml);
    }

    [Fact]
    public async Task Too_few_credits_names_what_is_missing()
    {
        var page = await Draw.Page<PricePanel>(Samples.Price with { Balance = 7 });
        Assert.Contains("need 3 more", page.Body!.TextContent);
    }
}
