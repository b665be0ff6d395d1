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
