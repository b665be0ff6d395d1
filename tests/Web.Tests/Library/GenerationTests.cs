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
    public async Task A_card_that_waits_says_how_many_are_ahead_and_how_long_it_takes()
    {
        Assert.Equal("2 ahead · about 25 s", await Line(Samples.Generation(3, "queued")));
        Assert.Equal("Next in line · about 2 min", await Line(Samples.Generation(3, "queued") with { QueuePosition = 1, EtaSeconds = 91 }));
        Assert.Equal("Next in line", await Line(Samples.Generation(3, "queued") with { QueuePosition = 1, EtaSeconds = null }));
        Assert.Equal("Starts soon", await Line(Samples.Generation(3, "queued") with { QueuePosition = null, EtaSeconds = null }));
        Assert.Equal("42%about 25 s left", await Line(Samples.Generation(3, "processing")));
        Assert.Equal("42%a few seconds left", await Line(Samples.Generation(3, "processing") with { EtaSeconds = 1 }));
        Assert.Equal("42%", await Line(Samples.Generation(3, "processing") with { EtaSeconds = null }));

        static async Task<string> Line(Rpd.Shared.Generations.GenerationView run) => (await Draw.Page<GenerationCard>(run)).QuerySelector(".line")!.TextContent;
    }

    [Fact]
    public async Task What_a_script_counts_on_with_is_marked()
    {
        var waiting = (await Draw.Page<GenerationCard>(Samples.Generation(3, "queued"))).QuerySelector("[data-controller=waiting]")!;
        Assert.Equal(("2 ahead", "25"), (waiting.QuerySelector("[data-place]")!.TextContent, waiting.QuerySelector("[data-left]")!.GetAttribute("data-left")));
        // Only those that wait have a place to ask for.
        Assert.Null((await Draw.Page<GenerationCard>(Samples.Generation(3, "processing"))).QuerySelector("[data-place]"));
        Assert.Null((await Draw.Page<GenerationCard>(Samples.Generation(3))).QuerySelector("[data-controller=waiting]"));
    }

    [Fact]
    public async Task Only_a_list_of_everything_from_the_newest_on_takes_in_what_starts_elsewhere()
    {
        var (all, none) = (new Rpd.Shared.Page<Rpd.Shared.Generations.GenerationView>(Samples.Playground().Recent, null), new Rpd.Shared.Page<Rpd.Shared.Generations.GenerationView>([], null));
        Assert.Equal("/library/{id}/card?choice=true", await Arrivals(new(new(), all, null)));
        Assert.Equal("/library/{id}/card?choice=true", await Arrivals(new(new(), none, null)));
        Assert.Null(await Arrivals(new(new(Type: "audio"), all, null)));
        Assert.Null(await Arrivals(new(new(), all, "c")));
        Assert.Null(await Arrivals(new(new(Order: LibraryFilter.Oldest), all, null)));

        static async Task<string?> Arrivals(LibraryModel model) => (await Draw.Page<LibraryPage>(model, Samples.Viewer)).QuerySelector(".cards")!.GetAttribute("data-live-arrivals");
    }

    [Fact]
    public async Task A_card_that_arrives_in_the_library_has_its_box()
    {
        var page = await Draw.Page<ChoiceCard>(new ChoiceCardModel(Samples.Generation(3)));
        var box = page.QuerySelector($"turbo-frame#card-{Samples.Id(303)}[data-live-src='/library/{Samples.Id(303)}/card?choice=true'] .choosable input")!;
        Assert.Equal(("bulk", Samples.Id(303).ToString(), "Select Night market in the rain, wide lens, reflections"), (box.GetAttribute("form"), box.GetAttribute("value"), box.GetAttribute("aria-label")));
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
    [InlineData(10L, "a full refund")]
    [InlineData(4L, "returns 4 credits of 10 credits")]
    [InlineData(0L, "keeps the charge")]
    public async Task Cancelling_says_what_it_costs_before_it_is_done(long returns, string words)
    {
        var form = (await Draw.Page<GenerationPage>(Samples.GenerationPage(Samples.Generation(3, "processing"), returns), Samples.Viewer)).QuerySelector("form[action$='/cancel']")!;
        Assert.Contains(words, form.TextContent);
        Assert.Equal($"{returns}", form.QuerySelector("input[name=returns]")!.GetAttribute("value"));
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
