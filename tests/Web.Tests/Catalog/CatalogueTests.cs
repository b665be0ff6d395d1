using Rpd.Shared.Catalog;
using Rpd.Web.Catalog;
using Rpd.Web.Pricing;
using Rpd.Web.Templates;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Catalog;

public class CatalogueTests
{
    [Fact]
    public async Task A_model_that_can_run_is_tried_from_its_page_and_another_says_what_is_missing()
    {
        var ready = await Draw.Page<ModelPage>(CatalogueStates.Model);
        Assert.Equal("/playground?type=text2image&provider=studio&model=studio-sketch", ready.QuerySelector("a.button-accent")!.GetAttribute("href"));
        var missing = await Draw.Page<ModelPage>(CatalogueStates.Model with { Model = Samples.Models[2] });
        Assert.Null(missing.QuerySelector("a.button-accent"));
        Assert.Contains("Needs Providers:Flux:ApiKey", missing.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/compare?models=flux-2-pro", missing.QuerySelector(".model-page header a.button-plain")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_was_not_measured_is_said_to_be_so()
    {
        Assert.Contains("Usually 1.2 s, nineteen of twenty within 4.9 s", (await Draw.Page<ModelPage>(CatalogueStates.Model)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Not measured yet", (await Draw.Page<ModelPage>(CatalogueStates.Model with { Measured = null })).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_shows_its_gaps_and_keeps_what_looks_like_markup_as_text()
    {
        var card = await Draw.Part<TemplateCard>(("Template", CatalogueStates.Own));
        Assert.Equal(["lighthouse", "Weather"], card.QuerySelectorAll("mark").Select(mark => mark.TextContent));
        Assert.Equal("A lighthouse in Weather <b>", card.QuerySelector("p.soft")!.TextContent);
        Assert.Null(card.QuerySelector("p b"));
    }

    [Fact]
    public void Credits_are_counted_in_whole_things_and_never_in_free_ones()
    {
        CreditExample video = new("video", "m", "M", new(6, new("second", 5, 1.2m, 1, 6)));
        Assert.Equal("16 videos of 5 s", CreditWords.Buys(100, video));
        Assert.Null(CreditWords.Buys(5, video));
        Assert.Null(CreditWords.Buys(100, video with { Price = new(0, new("second", 5, 0, 1, 0)) }));
    }
}
