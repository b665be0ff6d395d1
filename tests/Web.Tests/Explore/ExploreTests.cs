using Rpd.Web.Explore;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Explore;

public class ExploreTests
{
    [Fact]
    public async Task A_visitor_gets_no_form_that_needs_a_token_and_no_token()
    {
        var html = await Draw.Html<ExplorePage>(Samples.ExplorePage);
        Assert.DoesNotContain("token-value", html);
        Assert.DoesNotContain("live-hub", html);
        Assert.Empty(Draw.Parse(html).QuerySelectorAll("form[method=post]"));
    }

    [Fact]
    public async Task The_frame_of_load_more_is_the_frame_that_the_next_page_is_wrapped_in()
    {
        var first = await Draw.Page<ExplorePage>(Samples.ExplorePage);
        var link = first.QuerySelector(".more a")!;
        Assert.Equal("/explore?cursor=eyJhIjoxfQ.abc-_", link.GetAttribute("href"));

        var second = await Draw.Page<ExplorePage>(Samples.ExplorePage with { Cursor = "eyJhIjoxfQ.abc-_", Works = Samples.Explore(10) });
        var frame = second.GetElementById(link.GetAttribute("data-turbo-frame")!)!;
        Assert.Equal(10, frame.QuerySelectorAll("a.tile").Length);
        Assert.Empty(second.QuerySelectorAll(".more a"));
    }

    [Fact]
    public async Task Pictures_have_their_size_and_only_the_first_row_is_loaded_at_once()
    {
        var page = await Draw.Page<ExplorePage>(Samples.ExplorePage);
        var pictures = page.QuerySelectorAll(".tile img");
        Assert.All(pictures, img => Assert.True(img.HasAttribute("width") && img.HasAttribute("height")));
        Assert.Equal(2, pictures.Count(img => !img.HasAttribute("loading") && img.GetAttribute("fetchpriority") == "high"));
        // Upright ones are drawn narrow, and take narrow pictures.
        double Of(AngleSharp.Dom.IElement img, string side) => double.Parse(img.GetAttribute(side)!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(pictures.Where(img => Of(img, "width") <= 0.8 * Of(img, "height")), pictures.Where(img => img.GetAttribute("sizes")!.Contains(" 36vw, 18rem", StringComparison.Ordinal)));
        Assert.Contains(pictures, img => img.GetAttribute("sizes")!.Contains(" 36vw", StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll(".tile"), tile => Assert.Contains(tile.ClassList, name => name.StartsWith("r-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Forty_eight_cards_stay_within_twelve_kilobytes()
    {
        var html = await Draw.Html<ExplorePage>(Samples.ExplorePage);
        using var packed = new MemoryStream();
        await using (var brotli = new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionLevel.Fastest, true))
            await brotli.WriteAsync(System.Text.Encoding.UTF8.GetBytes(html), TestContext.Current.CancellationToken);
        Assert.InRange(packed.Length, 1, 12_000);
    }

    [Fact]
    public async Task Words_of_users_never_become_markup()
    {
        const string evil = "<script>alert(1)</script>\"><img src=x>";
        var item = Samples.Item(0) with { Prompt = evil, Title = evil, Author = Samples.Author with { DisplayName = evil } };
        foreach (var html in new[]
        {
            await Draw.Html<WorkPage>(Samples.Work with { Work = Samples.Work.Work with { Prompt = evil, Title = evil, Author = item.Author, NegativePrompt = evil } }),
            await Draw.Html<ExplorePage>(Samples.ExplorePage with { Works = new([item], null), Filter = new(Q: evil) }),
            await Draw.Html<Rpd.Web.Playground.PlaygroundPage>(Samples.Playground() with { Form = Samples.Playground().Form with { Prompt = evil } }, Samples.Viewer),
        })
        {
            Assert.DoesNotContain("<script>alert", html);
            Assert.DoesNotContain("<img src=x>", html);
        }
    }

    [Theory]
    [InlineData(1920, 1080, "r-16x9")]
    [InlineData(1024, 1024, "r-1x1")]
    [InlineData(2048, 1, "r-3x1")]
    [InlineData(1000, 1333, "r-3x4")]
    public void A_picture_gets_the_class_of_the_nearest_ratio(int width, int height, string expected) =>
        Assert.Equal(expected, Rpd.Web.Ui.Shape.Of(width, height));

    [Fact]
    public void A_filter_at_its_defaults_has_the_plain_address() =>
        Assert.Equal("/explore?sort=top&period=week&q=a%26b", ExploreAddress.Of(new("top", "week", Q: "a&b")));

    [Fact]
    public async Task A_shared_link_has_a_picture_and_an_unlisted_work_stays_out_of_search_engines()
    {
        var listed = await Draw.Page<WorkPage>(Samples.Work);
        Assert.StartsWith("https://create.example/media/", listed.QuerySelector("meta[property='og:image']")!.GetAttribute("content"));
        Assert.Equal($"https://create.example/works/{Samples.Id(100)}", listed.QuerySelector("meta[property='og:url']")!.GetAttribute("content"));
        Assert.Null(listed.QuerySelector("meta[name=robots]"));

        var unlisted = await Draw.Page<WorkPage>(Samples.Work with { Listed = false });
        Assert.Equal("noindex", unlisted.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task A_prompt_of_any_length_can_be_used_again()
    {
        var page = await Draw.Page<WorkPage>(Samples.Work);
        Assert.NotNull(page.QuerySelector($"a[href='/playground?work={Samples.Id(100)}']"));
    }
}
