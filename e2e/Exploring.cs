using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>The gallery as somebody walks through it: every work here has the word quince, so that what other journeys publish does not move it.</summary>
public sealed partial class Exploring(Site site, Browser browser)
{
    private const int Many = 48;

    private static ApiClient? maker;

    [Fact]
    public async Task One_sorts_filters_takes_filters_off_and_follows_a_tag()
    {
        await Fill();
        await using var ann = await browser.Visitor(site);
        await ann.Goto("/explore");
        await ann.Labelled("Search").FillAsync("quince");
        await ann.Labelled("Search").PressAsync("Enter");
        // What says nothing is not part of the address.
        await Expect(ann.Page).ToHaveURLAsync(new Regex("q=quince(?!.*=(&|$))"));
        await Expect(Tiles(ann).Nth(47)).ToBeAttachedAsync();

        await ann.Labelled("Type").SelectOptionAsync("audio");
        await ann.Button("Show").ClickAsync();
        await Expect(Tiles(ann)).ToHaveCountAsync(1);
        await Expect(ann.Link("Remove filter “quince”")).ToBeVisibleAsync();
        await ann.Link("Remove filter Audio").ClickAsync();
        await Expect(Tiles(ann).Nth(47)).ToBeAttachedAsync();
        await Expect(ann.Labelled("Type")).ToHaveValueAsync("");

        await ann.Labelled("Sort").SelectOptionAsync("top");
        await ann.Labelled("Period").SelectOptionAsync("week");
        await ann.Labelled("Shape").SelectOptionAsync("wide");
        await ann.Labelled("Model").SelectOptionAsync("studio-sketch");
        await ann.Button("Show").ClickAsync();
        await Expect(ann.Heading("Explore top this week")).ToBeVisibleAsync();
        await Expect(Tiles(ann)).ToHaveCountAsync(1);
        await ann.Labelled("Shape").SelectOptionAsync("tall");
        await ann.Button("Show").ClickAsync();
        await Expect(ann.Heading("No works match")).ToBeVisibleAsync();
        await ann.Link("Remove filter Tall").ClickAsync();
        await Expect(Tiles(ann)).ToHaveCountAsync(1);

        await Tiles(ann).ClickAsync();
        await Expect(ann.Heading("An orchard")).ToBeVisibleAsync();
        await ann.Link("#orchards").ClickAsync();
        await Expect(ann.Page).ToHaveURLAsync(new Regex("tag=orchards$"));
        await Expect(Tiles(ann)).ToHaveCountAsync(2);
        // A search stays within the tag.
        await ann.Labelled("Search").FillAsync("song");
        await ann.Button("Show").ClickAsync();
        await Expect(Tiles(ann)).ToHaveCountAsync(1);
        await Expect(ann.Page).ToHaveURLAsync(new Regex("tag=orchards"));
        await ann.Link("Remove filter #orchards").ClickAsync();
        await Expect(ann.Page).ToHaveURLAsync(new Regex(@"/explore\?q=song$"));
    }

    [Fact]
    public async Task Whoever_comes_back_from_a_work_further_down_stands_where_they_were()
    {
        await Fill();
        await using var bob = await browser.Visitor(site);
        await bob.Goto("/explore?q=quince");
        await Expect(Tiles(bob)).ToHaveCountAsync(48);
        var kept = await bob.Page.EvaluateAsync<string>(KeptUnder);
        await bob.Page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
        // The next page comes by itself, and its address with it.
        await Expect(Tiles(bob)).ToHaveCountAsync(Many + 2);
        await Expect(bob.Page).ToHaveURLAsync(Further());
        await Expect(bob.Page.Locator("turbo-frame[busy]")).ToHaveCountAsync(0);
        // Under another name the place would be lost for whoever does not scroll any more.
        Assert.Equal(kept, await bob.Page.EvaluateAsync<string>(KeptUnder));
        var tile = Tiles(bob).Nth(Many + 1);
        await tile.ScrollIntoViewIfNeededAsync();
        var (before, order) = (await Place(bob, tile), await Order(bob));

        await tile.ClickAsync();
        await bob.Page.WaitForURLAsync("**/works/*");
        await Expect(bob.Page.Locator("main h1")).ToBeFocusedAsync();
        // Nobody is back within a frame: the work's own scrolling to its top would count for the page before.
        await Place(bob, bob.Page.Locator("main h1"));
        await bob.Page.GoBackAsync();
        await Expect(bob.Page).ToHaveURLAsync(Further());
        await Expect(Tiles(bob)).ToHaveCountAsync(Many + 2);
        Assert.Equal(order, await Order(bob));
        var after = await Place(bob, tile);
        Assert.InRange(Math.Abs(after - before), 0, 4);

        // The address is this place's, for whoever reloads or is sent it: it begins with the page that was reached.
        await bob.Page.ReloadAsync();
        await Expect(bob.Link("Back to the top")).ToBeVisibleAsync();
        Assert.Equal(order[48..], await Order(bob));
        await bob.Link("Back to the top").ClickAsync();
        await Expect(bob.Page).ToHaveURLAsync(new Regex("q=quince$"));
        await Expect(Tiles(bob).First).ToHaveAttributeAsync("href", order[0]);
    }

    [Fact]
    public async Task Without_javascript_one_searches_filters_loads_more_and_opens_a_work()
    {
        await Fill();
        await using var cal = await browser.Visitor(site, javaScript: false, width: 360);
        await cal.Goto("/explore");
        await cal.Labelled("Search").FillAsync("quince");
        await cal.Button("Show").ClickAsync();
        await Expect(Tiles(cal)).ToHaveCountAsync(48);
        var first = await Order(cal);
        await cal.Link("Load more").ClickAsync();
        await Expect(Tiles(cal)).ToHaveCountAsync(Many + 2 - 48);
        Assert.Empty(first.Intersect(await Order(cal)));
        await cal.Labelled("Type").SelectOptionAsync("audio");
        await cal.Button("Show").ClickAsync();
        await Expect(Tiles(cal)).ToHaveCountAsync(1);
        await Tiles(cal).ClickAsync();
        await Expect(cal.Heading("A song")).ToBeVisibleAsync();
        await cal.Page.GoBackAsync();
        await cal.Link("Remove filter Audio").ClickAsync();
        await Expect(Tiles(cal)).ToHaveCountAsync(48);
    }

    private const string KeptUnder = "() => history.state.turbo.restorationIdentifier";

    private static ILocator Tiles(Visitor visitor) => visitor.Page.Locator(".works .tile");

    private static Task<string[]> Order(Visitor visitor) => Tiles(visitor).EvaluateAllAsync<string[]>("tiles => tiles.map(tile => tile.getAttribute('href'))");

    /// <summary>Where a tile stands in the window, once everything has come to rest.</summary>
    private static Task<double> Place(Visitor visitor, ILocator tile) => tile.EvaluateAsync<double>("""
        async tile => {
          const frame = () => new Promise(done => requestAnimationFrame(() => done(tile.getBoundingClientRect().top)));
          for (let last = await frame(), still = 0; still < 3;) { const now = await frame(); still = now === last ? still + 1 : 0; last = now; }
          return tile.getBoundingClientRect().top;
        }
        """);

    private async Task Fill()
    {
        if (maker is not null) return;
        maker = await ApiClient.Of(site, "maker@exploring.example.org", "business");
        var runs = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) => await Make("text2image", "sandbox", "sandbox-success", $"Quince number {n}", null, """{"width":96,"height":96}"""));
        await Make("text2image", "studio", "studio-sketch", "A quince tree at noon #orchards", "An orchard", """{"aspectRatio":"16:9"}""");
        await Make("audio", "studio", "studio-voice", "Quince, my quince #orchards", "A song", "{}");
        foreach (var run in runs) Assert.Equal("completed", (await maker.Finished(run)).GetProperty("status").GetString());
        await maker.Until("/v1/explore?q=quince&limit=100", list => list.GetArrayLength() == Many + 2);

        async Task Make(string type, string provider, string model, string prompt, string? title, string parameters) => runs.Add((await maker!.Post(
            "/v1/generations", $$"""{"type":"{{type}}","provider":"{{provider}}","model":"{{model}}","prompt":"{{prompt}}","title":{{(title is null ? "null" : $"\"{title}\"")}},"visibility":"public","params":{{parameters}}}""")).GetProperty("id").GetString()!);
    }

    [GeneratedRegex("q=quince&cursor=")]
    private static partial Regex Further();
}
