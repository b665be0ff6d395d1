using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Web.Playground;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Playground;

public class ComposerTests
{
    [Fact]
    public async Task Another_model_or_type_keeps_what_the_server_knows_of_the_form()
    {
        var page = await Draw.Page<PlaygroundPage>(With(new() { Prompt = "a & b", Count = "3", Visibility = Visibility.Unlisted }), Samples.Viewer);
        var links = page.QuerySelectorAll("a.option").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Contains("/playground?type=text2image&provider=studio&model=studio-sketch&prompt=a%20%26%20b&count=3&visibility=unlisted", links);
        Assert.Contains("/playground?type=text2video&prompt=a%20%26%20b&count=3&visibility=unlisted", links);
    }

    [Fact]
    public async Task A_work_for_adults_stays_one_with_another_model_and_in_code()
    {
        var model = With(new() { Prompt = "a", Visibility = Visibility.Public, Mature = true });
        var page = await Draw.Page<PlaygroundPage>(model, Samples.Viewer);
        Assert.True(page.QuerySelector("input[name=mature]")!.HasAttribute("checked"));
        Assert.Contains("/playground?type=text2video&prompt=a&visibility=public&mature=true", page.QuerySelectorAll("a.option").Select(a => a.GetAttribute("href")));
        Assert.Contains("\"mature\": true", RequestCode.Body(model.Form, model.Chosen!), StringComparison.Ordinal);
        Assert.True(PlaygroundForm.Again(Samples.Generation(3) with { Mature = true }).Mature);
    }

    [Fact]
    public async Task A_mistake_in_a_label_opens_what_it_stands_in()
    {
        var page = await Draw.Page<PlaygroundPage>(Samples.Playground(errors: FormErrors.Of("mature", "mature must be true or false.")), Samples.Viewer);
        Assert.Equal("Mature must be true or false.", page.QuerySelector(".error")!.TextContent);
        var library = (await AllPages.Drawn("library, a label that says neither")).Page;
        Assert.True(library.QuerySelector("#bulk .error")!.Closest("details")!.HasAttribute("open"));
    }

    [Fact]
    public async Task A_prompt_that_would_fill_an_address_stays_out_of_the_links()
    {
        var page = await Draw.Page<PlaygroundPage>(With(new() { Prompt = new string('雪', 400), Count = "3" }), Samples.Viewer);
        Assert.All(page.QuerySelectorAll(".picker a.option"), a => Assert.EndsWith("&count=3", a.GetAttribute("href")));
    }

    [Fact]
    public async Task A_mistake_is_told_in_the_words_of_its_label()
    {
        var page = await Draw.Page<PlaygroundPage>(Samples.Playground(errors: FormErrors.Of("params.seed", "params.seed must be a whole number.")), Samples.Viewer);
        Assert.Equal("Seed must be a whole number.", page.QuerySelector(".error")!.TextContent);
    }

    [Fact]
    public async Task A_mistake_in_a_field_that_is_not_drawn_is_told_for_the_whole_form()
    {
        var page = await Draw.Page<PlaygroundPage>(Samples.Playground(errors: FormErrors.Of("params.hack", "studio-sketch has no parameter hack.")), Samples.Viewer);
        Assert.Equal("studio-sketch has no parameter hack.", page.QuerySelector(".errors[role=alert]")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("[aria-invalid=true]"));
    }

    private static PlaygroundModel With(PlaygroundForm form) =>
        Samples.Playground() with { Form = form with { Type = "text2image", Model = "studio-sketch", Provider = "studio", RequestId = "req-1" } };
}
