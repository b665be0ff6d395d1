using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class WhileWriting(Site site, Browser browser)
{
    [Fact]
    public async Task Nothing_that_refreshes_by_itself_takes_away_the_focus_the_words_or_the_page()
    {
        await using var eve = await browser.Visitor(site);
        await eve.SignUp("eve@example.org", "plain words for eve");

        // A refused form leads to its mistake, once.
        await eve.Button("Generate").ClickAsync();
        await Expect(eve.Labelled("Prompt")).ToBeFocusedAsync();
        await Expect(eve.Labelled("Prompt")).ToHaveAttributeAsync("aria-invalid", "true");
        await eve.Labelled("Leave out").EvaluateAsync("field => { field.closest('details').open = true; field.focus(); }");
        await eve.Page.EvaluateAsync("() => { window.drawn = new Promise(done => document.addEventListener('turbo:frame-render', () => setTimeout(done), { once: true })); }");
        await eve.Page.Keyboard.TypeAsync("te");
        await eve.Page.EvaluateAsync("() => document.dispatchEvent(new CustomEvent('generation:ended'))");
        await eve.Page.Keyboard.TypeAsync("xt");
        await eve.Page.EvaluateAsync("() => window.drawn");
        await Expect(eve.Labelled("Leave out")).ToBeFocusedAsync();

        // What changes no price asks for none: here, leaving the field.
        var asked = new List<string>();
        eve.Page.Request += (_, request) => asked.Add(request.Url);
        await eve.Page.RunAndWaitForResponseAsync(() => eve.Labelled("Prompt").FillAsync("A fox\nin the snow"), "**/playground/price*");
        await Expect(eve.Page.Locator("turbo-frame[busy]")).ToHaveCountAsync(0);
        await eve.Labelled("Who can see it").FocusAsync();
        await eve.Page.RunAndWaitForResponseAsync(() => eve.Button("Enhance").ClickAsync(), "**/playground/enhance");
        await Expect(eve.Button("Use it")).ToBeVisibleAsync();
        await eve.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 300))");
        Assert.Single(asked, address => address.Contains("/playground/price", StringComparison.Ordinal));
        // Unless the answer was lost on its way, of which Turbo complains: this once it may.
        await eve.Page.EvaluateAsync("""
            () => {
              const was = console.error;
              console.error = () => { console.error = was; };
              window.told = new Promise(done => addEventListener("unhandledrejection", lost => { lost.preventDefault(); setTimeout(done); }, { once: true }));
            }
            """);
        await eve.Page.RouteAsync("**/playground/price*", route => route.AbortAsync(), new() { Times = 1 });
        await eve.Labelled("Prompt").FillAsync("A fox\nin the snow, far off");
        await eve.Page.EvaluateAsync("() => window.told");
        await eve.Page.RunAndWaitForResponseAsync(() => eve.Labelled("Who can see it").FocusAsync(), "**/playground/price*");
        await eve.Page.RunAndWaitForResponseAsync(() => eve.Labelled("Prompt").FillAsync("A fox\nin the snow"), "**/playground/price*");

        // Another type is another form with the same words in it.
        await eve.Labelled("Who can see it").SelectOptionAsync("unlisted");
        var type = eve.Page.Locator(".picker").First;
        await type.Locator("summary").ClickAsync();
        await type.GetByRole(AriaRole.Link, new() { Name = "Audio" }).ClickAsync();
        await Expect(type.Locator("summary b")).ToHaveTextAsync("Audio");
        var words = eve.Labelled("Words to speak or play");
        await Expect(words).ToHaveValueAsync("A fox\nin the snow");
        await Expect(eve.Labelled("Who can see it")).ToHaveValueAsync("unlisted");

        // Somebody else has signed this browser out: the next price cannot be had, and the words stay.
        await eve.Page.Context.ClearCookiesAsync();
        await words.FillAsync("A fox in the deep snow");
        await Expect(eve.Page.GetByText("Your session has ended. Sign in again")).ToBeVisibleAsync();
        await Expect(words).ToHaveValueAsync("A fox in the deep snow");
        Assert.Contains("/playground", eve.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressing_the_keys_twice_starts_one_picture_and_shows_it()
    {
        await using var tom = await browser.Visitor(site);
        await tom.SignUp("tom@example.org", "plain words for tom");
        await tom.Labelled("Prompt").FillAsync("A fox in a snowy forest");
        // The script that listens for the keys is there when it has counted the letters.
        await Expect(tom.Page.Locator("[data-composer-target=counter]")).ToHaveTextAsync("23 / 4,000");
        var sent = 0;
        tom.Page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;
        await tom.Page.Keyboard.DownAsync("Control");
        for (var times = 0; times < 3; times++) await tom.Page.Keyboard.DownAsync("Enter");
        await Expect(tom.Page.Locator("#toasts .toast")).ToHaveCountAsync(1);
        await Expect(tom.Page.Locator("#recent article")).ToHaveCountAsync(1);
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task What_another_tab_changes_arrives_beside_what_is_being_written_and_opened()
    {
        await using var lea = await browser.Visitor(site);
        await lea.SignUp("lea@example.org", "plain words for lea");
        await lea.Labelled("Prompt").FillAsync("A fox in a snowy forest");
        await lea.Button("Generate").ClickAsync();
        await lea.Page.Locator("#recent article[data-status=completed] a").ClickAsync(new() { Timeout = 30_000 });
        await lea.Page.GetByText("Details", new() { Exact = true }).ClickAsync();
        await lea.Labelled("Title").FillAsync("Not sent yet");

        var tab = await lea.Page.Context.NewPageAsync();
        await tab.GotoAsync(lea.Page.Url);
        await tab.GetByLabel("Title", new() { Exact = true }).FillAsync("Winter fox");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Expect(lea.Heading("Winter fox")).ToBeVisibleAsync();
        await Expect(lea.Labelled("Title")).ToHaveValueAsync("Not sent yet");
        await Expect(lea.Page.Locator("#generation-id")).ToBeVisibleAsync();
        await Expect(lea.Button("Copy id")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_Back_button_does_not_bring_a_secret_back()
    {
        await using var kim = await browser.Visitor(site);
        await kim.SignUp("kim.while@example.org", "plain words for kim");
        await kim.Goto("/keys");
        await kim.Labelled("Name").FillAsync("script");
        await kim.Button("Create key").ClickAsync();
        await Expect(kim.Labelled("Secret")).ToBeVisibleAsync();
        await kim.Page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Explore" }).ClickAsync();
        await Expect(kim.Heading("Explore")).ToBeFocusedAsync();
        await kim.Page.GoBackAsync();
        await Expect(kim.Heading("API keys")).ToBeVisibleAsync();
        await Expect(kim.Labelled("Secret")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task More_works_take_the_focus_only_when_they_were_asked_for()
    {
        await using var max = await browser.Visitor(site);
        // A gallery of five pages, each with one work: real ones would take hundreds of pictures.
        await max.Page.RouteAsync("**/explore*cursor=*", route => route.FulfillAsync(new() { ContentType = "text/html", Body = GalleryPage(route.Request.Url[^1] - '0') }));
        await max.Goto("/explore?q=nothinghasthisword");
        await max.Labelled("Search").FocusAsync();
        await max.Page.Locator("main").EvaluateAsync("(main, html) => main.insertAdjacentHTML('beforeend', html)", More(1));

        // Three pages come by themselves.
        var link = max.Link("Load more");
        await Expect(link).ToHaveAttributeAsync("href", "/explore?cursor=4");
        await Expect(max.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("cursor=3$"));
        await Expect(max.Labelled("Search")).ToBeFocusedAsync();

        await link.FocusAsync();
        await max.Page.Keyboard.PressAsync("Enter");
        await Expect(max.Link("Work 4")).ToBeFocusedAsync();
        await Expect(max.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("cursor=4$"));
        await Expect(max.Link("Work 4")).ToBeFocusedAsync();

        static string GalleryPage(int n) => $"<html><head><title>Explore</title></head><body><turbo-frame id='from-{n}' target='_top'><a class='tile' href='/works/{n}'>Work {n}</a>{(n < 4 ? More(n + 1) : "")}</turbo-frame></body></html>";
        static string More(int n) => $"""
            <div class="works"><turbo-frame id="from-{n}" target="_top"><p class="more"><a href="/explore?cursor={n}" data-turbo-frame="from-{n}" data-turbo-action="replace" data-controller="more" data-action="more#clicked">Load more</a></p></turbo-frame></div>
            """;
    }
}
