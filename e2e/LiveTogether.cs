using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed partial class LiveTogether(Site site, Browser browser)
{
    [Fact]
    public async Task Somebody_likes_and_follows_and_the_other_sees_it_without_a_reload()
    {
        var maker = await ApiClient.Of(site, "mira.live@example.org");
        await ApiClient.Of(site, "bo.live@example.org");
        await using var mira = await browser.Visitor(site);
        await mira.SignIn("mira.live@example.org", ApiClient.Password);
        await mira.Goto("/notifications");
        await mira.Page.EvaluateAsync("() => { window.thisVeryDocument = true; }");
        var profile = await mira.Page.Context.NewPageAsync();
        await profile.GotoAsync("/@mira_live");
        var desk = await mira.Page.Context.NewPageAsync();
        await desk.GotoAsync("/playground");
        await Expect(desk.Locator("#price [data-less]")).ToHaveTextAsync("99");

        // A run that was started elsewhere moves the balance here, and what will be left of it.
        var work = await maker.Publish("A lighthouse");
        await Expect(mira.Page.Locator("header [data-balance]")).ToHaveTextAsync("99");
        await Expect(desk.Locator("#price [data-less]")).ToHaveTextAsync("98");
        await desk.CloseAsync();

        await using var bo = await browser.Visitor(site);
        await bo.SignIn("bo.live@example.org", ApiClient.Password);
        await bo.Goto("/@mira_live");
        await bo.Button("Follow Mira Live").ClickAsync();
        await Expect(bo.Button("Following Mira Live")).ToBeVisibleAsync();
        await Expect(Followers(bo.Page)).ToHaveTextAsync("1");

        await Expect(Bell(mira.Page)).ToHaveTextAsync("1");
        await Expect(mira.Link("Bo Live follows you")).ToBeVisibleAsync();
        await Expect(Followers(profile)).ToHaveTextAsync("1");

        var shown = await mira.Page.Context.NewPageAsync();
        await shown.GotoAsync($"/works/{work}");
        await bo.Goto($"/works/{work}");
        await bo.Button("Like").ClickAsync();
        await Expect(shown.Locator($"[data-count='likes:{work}']")).ToHaveTextAsync("1");
        await Expect(Bell(mira.Page)).ToHaveTextAsync("2");
        await Expect(Bell(profile)).ToHaveTextAsync("2");
        await Expect(mira.Page.GetByRole(AriaRole.Link, new() { NameRegex = Liked() })).ToBeVisibleAsync();
        await Expect(mira.Page).ToHaveTitleAsync("Notifications · RPD Create");
        Assert.True(await mira.Page.EvaluateAsync<bool>("() => window.thisVeryDocument === true"));
        Assert.Equal(2, await mira.Page.Locator(".notice-line").CountAsync());

        // Whoever follows a notification has read it; the button does it without going there.
        await mira.Page.GetByRole(AriaRole.Button, new() { NameRegex = MarkLike() }).ClickAsync();
        await Expect(Bell(mira.Page)).ToHaveTextAsync("1");
        await Expect(mira.Page.Locator(".notice-line.unread")).ToHaveCountAsync(1);
        await mira.Link("Bo Live follows you").ClickAsync();
        await Expect(mira.Heading("Bo Live")).ToBeVisibleAsync();
        await Expect(Bell(mira.Page)).ToBeHiddenAsync();
        await Expect(Bell(profile)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_happened_while_the_connection_was_lost_is_there_once_when_it_is_back()
    {
        await ApiClient.Of(site, "una.live@example.org");
        var ivy = await ApiClient.Of(site, "ivy.live@example.org");
        await using var una = await browser.Visitor(site);
        IWebSocketRoute? connection = null;
        await una.Page.RouteWebSocketAsync(Live(), route =>
        {
            connection = route;
            route.ConnectToServer();
        });
        await una.SignIn("una.live@example.org", ApiClient.Password);
        await una.Goto("/@una_live");
        await Expect(Followers(una.Page)).ToHaveTextAsync("0");
        await una.Page.EvaluateAsync("() => { window.thisVeryDocument = true; }");

        await una.Page.Context.SetOfflineAsync(true);
        await Follow();
        await una.Page.Context.SetOfflineAsync(false);
        await Expect(Followers(una.Page)).ToHaveTextAsync("1");
        await Expect(Bell(una.Page)).ToHaveTextAsync("1");

        // The server closes it, as when it is started anew: nothing else says so to the page.
        await connection!.CloseAsync(new() { Code = 1001 });
        await Follow();
        await Expect(Followers(una.Page)).ToHaveTextAsync("0");
        await Expect(una.Page.Locator("#connection")).ToBeHiddenAsync();
        Assert.True(await una.Page.EvaluateAsync<bool>("() => window.thisVeryDocument === true"));

        Task Follow() => ivy.Post("/v1/social/follow/@una_live", "{}");
    }

    [Fact]
    public async Task What_was_started_and_finished_while_the_connection_was_lost_appears_once_and_in_its_place()
    {
        var ada = await ApiClient.Of(site, "ada.live@example.org");
        var old = await Started(ada, "sandbox-success");
        await ada.Finished(old);
        var known = await Started(ada, "sandbox-slow", """{"delay":600}""");
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn("ada.live@example.org", ApiClient.Password);
        var library = await visitor.Page.Context.NewPageAsync();
        await library.GotoAsync("/library");
        IPage[] pages = [visitor.Page, library];
        var asked = new List<string>();
        foreach (var page in pages)
        {
            await Expect(Card(page, known)).ToContainTextAsync("In progress");
            Assert.Equal([known, old], await Shown(page));
            await page.EvaluateAsync("() => { window.thisVeryDocument = true; }");
            page.Request += (_, request) =>
            {
                if (request.Url.Contains("/card", StringComparison.Ordinal)) asked.Add(new Uri(request.Url).PathAndQuery);
            };
        }
        await library.Locator("input[name=ids]").First.CheckAsync();

        await visitor.Page.Context.SetOfflineAsync(true);
        foreach (var page in pages) await Expect(page.Locator("#connection")).ToBeVisibleAsync(Visible());
        var missed = await Started(ada, "sandbox-success");
        await ada.Finished(missed);
        await ada.Delete($"/v1/generations/{known}");
        await visitor.Page.Context.SetOfflineAsync(false);

        foreach (var page in pages)
        {
            await Expect(Card(page, missed).Locator("img")).ToBeVisibleAsync(Visible());
            await Expect(Card(page, known)).ToContainTextAsync("Cancelled");
            await Expect(page.Locator("#connection")).ToBeHiddenAsync();
            Assert.Equal([missed, known, old], await Shown(page));
            Assert.True(await page.EvaluateAsync<bool>("() => window.thisVeryDocument === true"));
        }
        Assert.Equal(new[] { known, missed }.SelectMany(id => new[] { $"/library/{id}/card", $"/library/{id}/card?choice=true" }).Order(), asked.Order());
        // What arrived can be selected like the others, and what was selected still is.
        await Expect(library.GetByLabel("Select A lighthouse")).ToHaveCountAsync(3);
        await library.Locator("input[name=ids]").First.CheckAsync();
        await Expect(library.GetByText("2 selected")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_that_ends_while_its_card_is_on_the_way_is_shown_as_it_ended()
    {
        var leo = await ApiClient.Of(site, "leo.live@example.org");
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn("leo.live@example.org", ApiClient.Password);
        var fetched = 0;
        await visitor.Page.RouteAsync("**/library/*/card", async route =>
        {
            var first = Interlocked.Increment(ref fetched) == 1;
            var answer = await route.FetchAsync();
            if (first) await leo.Finished(new Uri(route.Request.Url).Segments[^2].Trim('/'));
            await route.FulfillAsync(new() { Response = answer });
        });
        var run = await Started(leo, "sandbox-slow", """{"delay":3}""");
        await Expect(Card(visitor.Page, run).Locator("img")).ToBeVisibleAsync(Visible());
        Assert.InRange(fetched, 2, 3);
        await visitor.Page.UnrouteAllAsync();
    }

    [Theory]
    [InlineData("ida.live@example.org", true)]
    [InlineData("iris.live@example.org", false)]
    public async Task News_of_a_run_that_come_before_the_answer_to_its_form_are_kept(string email, bool shown)
    {
        await ApiClient.Of(site, email);
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn(email, ApiClient.Password);
        var library = await visitor.Page.Context.NewPageAsync();
        await library.GotoAsync("/library");
        await visitor.Goto("/playground?type=text2image&provider=sandbox&model=sandbox-slow&params.delay=2");
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visitor.Page.RouteAsync("**/playground", async route =>
        {
            var answer = await route.FetchAsync();
            await Expect(library.Locator("[data-live-id][data-status=completed]")).ToHaveCountAsync(1);
            if (shown) await Expect(visitor.Page.Locator("#recent [data-live-id]")).ToHaveAttributeAsync("data-status", "completed");
            await route.FulfillAsync(new() { Response = answer });
            answered.SetResult();
        });
        // Either the frame has shown the end already, or it has been told of it and waits for its first state.
        var fetched = 0;
        await visitor.Page.RouteAsync("**/library/*/card", async route =>
        {
            var first = Interlocked.Increment(ref fetched) == 1;
            var answer = await route.FetchAsync();
            if (first && !shown) await answered.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await visitor.Labelled("Prompt").FillAsync("A lighthouse");
        await visitor.Button("Generate").ClickAsync();
        await Expect(visitor.Page.GetByText("held until it is done")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#recent [data-live-id]")).ToHaveAttributeAsync("data-status", "completed");
        await Expect(visitor.Page.Locator("#recent > turbo-frame")).ToHaveCountAsync(1);
        await visitor.Page.UnrouteAllAsync();
    }

    [Fact]
    public async Task The_first_one_appears_in_an_empty_library()
    {
        var eve = await ApiClient.Of(site, "eve.live@example.org");
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn("eve.live@example.org", ApiClient.Password);
        await visitor.Goto("/library");
        await Expect(visitor.Heading("Your library starts here")).ToBeVisibleAsync();
        var first = await Started(eve, "sandbox-success");
        await Expect(Card(visitor.Page, first).Locator("img")).ToBeVisibleAsync(Visible());
        await Expect(visitor.Heading("Your library starts here")).ToHaveCountAsync(0);
        Assert.Equal([first], await Shown(visitor.Page));
    }

    [Fact]
    public async Task A_run_that_waits_moves_up_and_works_and_ends_on_the_page_that_is_open()
    {
        var ola = await ApiClient.Of(site, "ola.live@example.org");
        // Two slots: these work, the rest waits in the order in which it came.
        var (first, second) = (await Started(ola, "sandbox-slow", """{"delay":600}"""), await Started(ola, "sandbox-slow", """{"delay":600}"""));
        var (third, fourth) = (await Started(ola, "sandbox-slow", """{"delay":600}"""), await Started(ola, "sandbox-slow", """{"delay":600}"""));
        var last = (await ola.Post("/v1/generations", """{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A lighthouse","count":4}""")).GetProperty("id").GetString()!;
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn("ola.live@example.org", ApiClient.Password);
        await visitor.Page.EvaluateAsync("() => { window.thisVeryDocument = true; }");
        var card = Card(visitor.Page, last);
        // Others who wait for a moment in the same queue are counted too: in the end it is these.
        await Expect(card).ToContainTextAsync("2 ahead", Patient());
        await ola.Delete($"/v1/generations/{third}");
        await Expect(card).ToContainTextAsync("1 ahead", Patient());
        await ola.Delete($"/v1/generations/{first}");
        await Expect(Card(visitor.Page, fourth)).ToContainTextAsync("In progress", Patient());
        await Expect(card).ToContainTextAsync("Next in line", Patient());
        await ola.Delete($"/v1/generations/{second}");
        await Expect(card).ToContainTextAsync("In progress", Patient());
        await Expect(card.Locator("[data-percent]")).ToHaveTextAsync(Moved(), new() { Timeout = 60_000 });
        await Expect(card).ToContainTextAsync("4 pictures", new() { Timeout = 60_000 });
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.thisVeryDocument === true"));
        await ola.Delete($"/v1/generations/{fourth}");
    }

    [Fact]
    public async Task The_time_that_is_left_counts_down_and_never_below_a_few_seconds()
    {
        var pia = await ApiClient.Of(site, "pia.live@example.org");
        await pia.Finished(await Started(pia, "sandbox-flaky-callback", """{"delay":14}"""));
        // What a model takes is measured once a minute, and promised from then on.
        var before = await Started(pia, "sandbox-flaky-callback", """{"delay":600}""");
        await pia.Until($"/v1/generations/{before}", run => run.GetProperty("etaSeconds").ValueKind == JsonValueKind.Number, TimeSpan.FromSeconds(90));
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn("pia.live@example.org", ApiClient.Password);
        await visitor.Page.EvaluateAsync("() => { window.thisVeryDocument = true; }");

        var run = await Started(pia, "sandbox-flaky-callback", """{"delay":600}""");
        var waits = await Started(pia, "sandbox-flaky-callback", """{"delay":600}""");
        var (card, waiting) = (Card(visitor.Page, run), Card(visitor.Page, waits));
        await Expect(card).ToContainTextAsync(Promise());
        await Expect(waiting).ToContainTextAsync(PromiseInLine(), Patient());
        await Expect(card).ToContainTextAsync("a few seconds left", Patient());
        await Expect(waiting).ToContainTextAsync("Next in line · a few seconds", Patient());
        // It takes longer than that model usually does.
        await Expect(card.Locator("[data-since]")).ToHaveTextAsync(Longer(), new() { Timeout = 30_000 });
        await Expect(card).ToContainTextAsync("a few seconds left");
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.thisVeryDocument === true"));
        foreach (var id in new[] { waits, before, run }) await pia.Delete($"/v1/generations/{id}");
    }

    [Fact]
    public async Task Without_javascript_one_can_follow_and_read_what_happened()
    {
        var kit = await ApiClient.Of(site, "kit.live@example.org");
        await ApiClient.Of(site, "noa.live@example.org");
        await kit.Post("/v1/social/follow/@noa_live", "{}");
        await using var noa = await browser.Visitor(site, javaScript: false, width: 360);
        await noa.SignIn("noa.live@example.org", ApiClient.Password);
        await noa.Link("Notifications 1").ClickAsync();
        await noa.Link("Kit Live follows you").ClickAsync();
        await noa.Button("Follow Kit Live").ClickAsync();
        await Expect(noa.Button("Following Kit Live")).ToBeVisibleAsync();
        await noa.Goto("/notifications");
        await noa.Button("Mark all as read").ClickAsync();
        await Expect(noa.Button("Mark all as read")).ToHaveCountAsync(0);
        await Expect(Bell(noa.Page)).ToBeHiddenAsync();
    }

    private static async Task<string> Started(ApiClient client, string model, string parameters = "{}") =>
        (await client.Post("/v1/generations", $$"""{"type":"text2image","provider":"sandbox","model":"{{model}}","prompt":"A lighthouse","params":{{parameters}}}""")).GetProperty("id").GetString()!;

    private static ILocator Card(IPage page, string id) => page.Locator($"#card-{id}");

    private static async Task<string[]> Shown(IPage page) => await page.Locator(".cards > turbo-frame").EvaluateAllAsync<string[]>("frames => frames.map(frame => frame.id.slice('card-'.length))");

    private static LocatorAssertionsToBeVisibleOptions Visible() => new() { Timeout = 20_000 };

    private static LocatorAssertionsToContainTextOptions Patient() => new() { Timeout = 20_000 };

    [GeneratedRegex("about [0-9]+ s left")]
    private static partial Regex Promise();

    [GeneratedRegex("Next in line · about [0-9]+ s")]
    private static partial Regex PromiseInLine();

    [GeneratedRegex("^(1[7-9]|[2-5][0-9]) s$")]
    private static partial Regex Longer();

    [GeneratedRegex("^[1-9][0-9]?%$")]
    private static partial Regex Moved();

    private static ILocator Bell(IPage page) => page.Locator("header [data-count=unread]");

    private static ILocator Followers(IPage page) => page.Locator("[data-count^='followers:']").First;

    [GeneratedRegex("^Mark as read: Bo Live liked")]
    private static partial Regex MarkLike();

    [GeneratedRegex("^Bo Live liked")]
    private static partial Regex Liked();

    [GeneratedRegex("/live")]
    private static partial Regex Live();
}
