using Rpd.Web.Compare;
using Rpd.Web.Library;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Compare;

public class CompareTests
{
    [Fact]
    public async Task A_blind_column_has_its_letter_for_everything()
    {
        var page = await Draw.Page<ComparisonPage>(CompareStates.Page(named: false, "completed"), Samples.Viewer);
        Assert.Equal(["A", "B", "C"], page.QuerySelectorAll(".column h2").Select(heading => heading.TextContent.Trim()));
        Assert.Equal(["Result A", "Result B", "Result C"], page.QuerySelectorAll(".column img").Select(image => image.GetAttribute("alt")));
        Assert.Empty(page.QuerySelectorAll("a[href^='/library/']"));
        Assert.Equal($"/compare/{Samples.Id(900)}/columns/A", page.QuerySelector("#column-A")!.GetAttribute("data-live-src"));
        Assert.Equal(["A", "B", "C", "None is good"], page.QuerySelectorAll("input[name=best]").Select(choice => choice.ParentElement!.TextContent.Trim()));
    }

    [Fact]
    public async Task While_one_is_running_there_is_no_vote_yet_but_the_names_may_be_asked_for()
    {
        var page = await Draw.Page<ComparisonPage>(CompareStates.Page(named: false, "processing"), Samples.Viewer);
        Assert.Empty(page.QuerySelectorAll("input[name=best]"));
        Assert.Equal("skip", page.QuerySelector("form.vote button")!.GetAttribute("name"));
    }

    [Fact]
    public async Task After_the_vote_the_best_is_marked_and_the_failed_one_says_what_came_back()
    {
        var page = await Draw.Page<ComparisonPage>(CompareStates.Page(named: true, "failed"), Samples.Viewer);
        Assert.Contains("Best", page.QuerySelectorAll(".column")[1].QuerySelector("h2")!.TextContent);
        Assert.Contains("0 credits, 10 returned", page.QuerySelectorAll(".column")[2].TextContent);
        Assert.Contains("You voted for B: Studio Sketch.", page.Body!.TextContent);
        Assert.Empty(page.QuerySelectorAll("form.vote"));
        Assert.Equal(["A", "B"], page.QuerySelectorAll(".pair-side").Select(side => side.GetAttribute("data-letter")));
        Assert.True(page.QuerySelector(".pair-view")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task A_comparison_has_the_playgrounds_places_for_files_with_addresses_of_its_own()
    {
        var page = await Draw.Page<ComparePage>(CompareStates.Form("image2image"), Samples.Viewer);
        var file = Assert.Single(page.QuerySelectorAll("input[type=file]"));
        Assert.Equal(("file.inputImageUrl", "multipart/form-data"), (file.GetAttribute("name"), file.Closest("form")!.GetAttribute("enctype")));
        Assert.StartsWith("/compare/picks?slot=inputImageUrl&type=image2image", page.QuerySelector("[data-slot] a")!.GetAttribute("href"));
        Assert.EndsWith("&models=studio-sketch", page.QuerySelector("[data-slot] a")!.GetAttribute("href"));
        page = await Draw.Page<ComparePage>(CompareStates.Form("image2image") with { Inputs = [PlaygroundStates.Picture] }, Samples.Viewer);
        Assert.Equal(PlaygroundStates.Picture.Value, page.QuerySelector("input[type=hidden][name=inputImageUrl]")!.GetAttribute("value"));
        Assert.Equal("/compare/form", page.QuerySelector(".given button")!.GetAttribute("formaction"));
        Assert.Empty((await Draw.Page<ComparePage>(CompareStates.Form(), Samples.Viewer)).QuerySelectorAll("[data-slot]"));
    }

    [Fact]
    public void Every_kind_of_file_has_one_place_however_many_models_take_it()
    {
        var slots = SharedInputs.Of("upscale", [Needing("image|video"), Needing("video"), Needing("image|video")]);
        Assert.Equal([("Picture", "inputImageUrl", true), ("Video", "inputVideoUrl", false)], slots.Select(slot => (slot.Label, slot.Name, slot.Optional)));
    }

    private static Rpd.Shared.Catalog.ModelView Needing(string input) =>
        Samples.Model("m", "upscale") with { RequiredInputs = new Dictionary<string, IReadOnlyList<string>> { ["upscale"] = [input] } };

    [Fact]
    public async Task The_total_says_what_is_missing()
    {
        var page = await Draw.Page<CompareTotal>(new CompareTotalModel([("A", 1000), ("B", 500)], [], 1240));
        Assert.Contains("1,500 credits", page.Body!.TextContent);
        Assert.Contains("need 260 more", page.Body.TextContent);
        Assert.Contains("The price appears", (await Draw.Page<CompareTotal>(new CompareTotalModel([], [], 7))).Body!.TextContent);
    }

    [Fact]
    public async Task Boxes_come_with_their_cards_and_belong_to_the_form()
    {
        var page = await Draw.Page<LibraryPage>(new LibraryModel(new(Status: "failed"), new([Samples.Generation(4, "failed")], null), null), Samples.Viewer);
        var box = page.QuerySelector("input[name=ids]")!;
        Assert.Equal(("bulk", Samples.Id(304).ToString()), (box.GetAttribute("form"), box.GetAttribute("value")));
        Assert.Equal($"card-{Samples.Id(304)}", box.Closest("turbo-frame")!.Id);
        Assert.Equal("/library/bulk?status=failed", page.QuerySelector("#bulk")!.GetAttribute("action"));
        Assert.Equal("false", page.QuerySelector("#bulk button[value=download]")!.GetAttribute("data-turbo"));
    }
}
