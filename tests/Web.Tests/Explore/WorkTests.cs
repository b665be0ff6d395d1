using Rpd.Shared.Explore;
using Rpd.Web.Collections;
using Rpd.Web.Explore;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Explore;

public class WorkTests
{
    [Fact]
    public async Task Signed_out_every_act_is_a_link_to_sign_in_and_back_and_the_page_holds_no_form()
    {
        var page = await Draw.Page<WorkPage>(GalleryStates.Whole);
        Assert.Empty(page.QuerySelectorAll("form[method=post]"));
        var back = Uri.EscapeDataString($"/works/{Samples.Id(100)}");
        foreach (var name in new[] { "Like", "Collect" })
            Assert.Equal($"/sign-in?returnUrl={back}", page.QuerySelectorAll("a").Single(a => a.TextContent.Trim() == name).GetAttribute("href"));
        Assert.Equal($"/sign-in?returnUrl={back}%2Freport", page.QuerySelectorAll("a").Single(a => a.TextContent == "Report this work").GetAttribute("href"));
    }

    [Fact]
    public async Task Signed_in_the_like_says_whether_it_is_pressed_and_its_count_is_live()
    {
        var page = await Draw.Page<WorkPage>(GalleryStates.Whole with { Work = Liked() }, Samples.Viewer);
        var like = page.QuerySelector("form.like")!;
        Assert.Equal($"/works/{Samples.Id(100)}/like", like.GetAttribute("action"));
        Assert.Equal("true", like.QuerySelector("button")!.GetAttribute("aria-pressed"));
        var count = page.QuerySelector($"[data-count='likes:{Samples.Id(100)}']")!;
        Assert.NotNull(count.Closest($"[data-live-stream='work:{Samples.Id(100)}']"));
    }

    [Fact]
    public async Task The_price_stands_on_the_button_and_is_left_out_when_the_model_cannot_run_here()
    {
        static string Label(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector("a[href^='/playground?work=']")!.TextContent;
        Assert.Equal("Use this prompt · 3 credits", Label(await Draw.Page<WorkPage>(GalleryStates.Whole)));
        Assert.Equal("Use this prompt", Label(await Draw.Page<WorkPage>(GalleryStates.Whole with { Price = null })));
    }

    [Fact]
    public async Task Every_output_can_be_downloaded_and_the_model_leads_to_its_page_while_it_has_one()
    {
        var whole = GalleryStates.Whole;
        var page = await Draw.Page<WorkPage>(whole with { InCatalog = true });
        Assert.Equal(whole.Work.Outputs.Select(output => output.Url), page.QuerySelectorAll(".acts a[download]").Select(link => link.GetAttribute("href")));
        Assert.Equal($"/models/{whole.Work.Model}", Model(page));
        Assert.Equal(ExploreAddress.Of(new(Model: whole.Work.Model)), Model(await Draw.Page<WorkPage>(whole)));

        static string? Model(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector("dl.facts dd a")!.GetAttribute("href");
    }

    [Fact]
    public async Task Nothing_of_a_veiled_work_is_on_its_page_and_search_engines_stay_away()
    {
        var html = await Draw.Html<WorkPage>(GalleryStates.Veiled);
        Assert.DoesNotContain("lighthouse", html);
        Assert.DoesNotContain("/media/", html);
        var page = Draw.Parse(html);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.NotNull(page.QuerySelector($"a[href='/works/{Samples.Id(100)}?mature=show']"));

        var shown = await Draw.Page<WorkPage>(GalleryStates.Veiled with { Veiled = false });
        Assert.Equal("noindex", shown.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Null(shown.QuerySelector("meta[property='og:image']"));
    }

    [Fact]
    public async Task Works_for_adults_are_marked_and_only_who_wants_to_see_them_gets_them_unblurred()
    {
        var page = await Draw.Page<ExplorePage>(Samples.ExplorePage with { Works = new([Samples.Item(0) with { Mature = true }, Samples.Item(1)], null) }, Samples.Viewer);
        Assert.Equal("Mature", Assert.Single(page.QuerySelectorAll(".tile.mature .grown")).TextContent);
        Assert.Null(page.QuerySelector("main")!.GetAttribute("data-mature"));
        var open = await Draw.Page<ExplorePage>(Samples.ExplorePage, Samples.Viewer with { MatureWorks = MatureWorks.Show });
        Assert.Equal("show", open.QuerySelector("main")!.GetAttribute("data-mature"));
    }

    [Fact]
    public async Task Each_active_filter_can_be_taken_off_alone()
    {
        var page = await Draw.Page<ExplorePage>(Samples.ExplorePage with { Filter = new("top", "week", Tag: "fog", Aspect: "wide") });
        Assert.Equal("Explore top this week", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["/explore?sort=top&period=week&aspect=wide", "/explore?sort=top&tag=fog&aspect=wide", "/explore?sort=top&period=week&tag=fog"],
            page.QuerySelectorAll(".chips a.tag").Select(chip => chip.GetAttribute("href")));
        Assert.Equal("fog", page.QuerySelector("form.filters input[name=tag]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_own_private_work_in_a_collection_leads_to_the_library()
    {
        var page = await Draw.Page<CollectionPage>(GalleryStates.Collection(own: true), Samples.Viewer);
        Assert.Equal([$"/works/{Samples.Id(100)}", $"/works/{Samples.Id(109)}", $"/library/{Samples.Id(102)}"], page.QuerySelectorAll("a.tile").Select(tile => tile.GetAttribute("href")));
    }

    [Fact]
    public async Task Only_the_owner_finds_forms_in_a_collection_and_a_closed_one_stays_out_of_search_engines()
    {
        var theirs = await Draw.Page<CollectionPage>(GalleryStates.Collection());
        Assert.Empty(theirs.QuerySelectorAll("form[method=post]"));
        Assert.Null(theirs.QuerySelector("meta[name=robots]"));
        var closed = await Draw.Page<CollectionPage>(GalleryStates.Collection() with { Collection = GalleryStates.Seas with { Visibility = "unlisted" } });
        Assert.Equal("noindex", closed.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task Words_of_users_stay_words_around_a_work_and_in_collections()
    {
        const string evil = "<script>alert(1)</script>\"><img src=x>";
        var item = Samples.Item(0) with { Prompt = evil, Title = evil, Author = Samples.Author with { DisplayName = evil } };
        var kept = GalleryStates.Kept(0) with { Prompt = evil, Title = evil, Author = item.Author };
        var seas = GalleryStates.Seas with { Name = evil, Description = evil };
        foreach (var html in new[]
        {
            await Draw.Html<WorkPage>(GalleryStates.Whole with { Ancestors = [item], Remixes = [item] }),
            await Draw.Html<CollectionPage>(GalleryStates.Collection(own: true, arranging: true) with { Items = new([kept], null), Collection = seas, Owner = item.Author }, Samples.Viewer),
            await Draw.Html<CollectionPage>(GalleryStates.Collection() with { Items = new([kept], null), Collection = seas, Owner = item.Author }),
            await Draw.Html<CollectPage>(new CollectModel(Samples.Id(1), evil, [new(Samples.Id(2), evil, true)], evil, Rpd.Shared.FormErrors.None, false), Samples.Viewer),
        })
        {
            Assert.DoesNotContain("<script>alert", html);
            Assert.DoesNotContain("<img src=x>", html);
        }
    }

    private static WorkView Liked() => new(Samples.Item(0) with { Liked = true })
    {
        Outputs = Samples.Work.Work.Outputs,
        Params = Samples.Work.Work.Params,
        NegativePrompt = null,
        ParentId = null,
        Tags = [],
    };
}
