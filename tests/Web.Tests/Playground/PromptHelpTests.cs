using Rpd.Web.Playground;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Playground;

public class PromptHelpTests
{
    [Theory]
    [InlineData("a fox", "a fox, in warm light", "=a fox|+, in warm light")]
    [InlineData("a red fox", "a grey fox", "=a |-red |+grey |=fox")]
    [InlineData("", "new", "+new")]
    [InlineData("gone", "", "-gone")]
    [InlineData("same  words", "same words", "=same words")]
    public void A_difference_keeps_both_texts_word_by_word(string old, string fresh, string expected)
    {
        var parts = WordDiff.Of(old, fresh);
        Assert.Equal(expected, string.Join('|', parts.Select(part => (part.Change switch { Change.New => "+", Change.Gone => "-", _ => "=" }) + part.Text)));
        Assert.Equal(fresh, string.Concat(parts.Where(part => part.Change != Change.Gone).Select(part => part.Text)));
    }

    [Fact]
    public void Gaps_take_what_is_said_else_what_is_usual_and_stay_visible_otherwise()
    {
        var template = PlaygroundStates.Template;
        Assert.Equal("A photograph of a {kettle} on warm grey, {mood}", TemplateText.Fill(template, new Dictionary<string, string> { ["product"] = " a {kettle} ", ["ground"] = " " }));
        Assert.Equal("mood", Assert.Single(TemplateText.Open(template, "calm {mood}")).Name);
        Assert.Empty(TemplateText.Open(template, "calm and {ready}"));
    }

    [Fact]
    public async Task An_enhanced_prompt_marks_what_is_new_and_Enter_in_a_field_still_generates()
    {
        var (_, page) = await AllPages.Drawn("playground, a template and a better prompt");
        Assert.Equal(", in warm light", page.QuerySelector("#enhanced ins")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("#enhanced del"));
        // The first button of a form is the one that Enter presses.
        var first = page.QuerySelector("form.composer button[type=submit]")!;
        Assert.False(first.HasAttribute("formaction"));
        Assert.Equal("/playground/enhance", page.QuerySelectorAll("button").Single(button => button.TextContent == "Enhance").GetAttribute("formaction"));
        Assert.Equal("/playground?type=text2image&provider=flux&model=flux-2-pro&prompt=A%20heron%20landing%20on%20still%20water", page.QuerySelector("#good-for a")!.GetAttribute("href"));
        Assert.Contains("/pricing", page.QuerySelectorAll(".notice a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task The_picker_says_how_long_a_model_usually_takes()
    {
        var page = await Draw.Page<PlaygroundPage>(Samples.Playground() with { Speeds = new Dictionary<string, int> { ["studio-sketch"] = 2_400 } }, Samples.Viewer);
        Assert.Contains("about 2 s", page.QuerySelector(".picker a.option[aria-current][href*=studio-sketch] .why")!.TextContent);
    }
}
