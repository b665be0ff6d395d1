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

        // A run that was started elsewhere moves the balance here.
        var work = await maker.Publish("A lighthouse");
        await Expect(mira.Page.Locator("header [data-balance]")).ToHaveTextAsync("99");

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

    private static ILocator Bell(IPage page) => page.Locator("header [data-count=unread]");

    private static ILocator Followers(IPage page) => page.Locator("[data-count^='followers:']").First;

    [GeneratedRegex("^Mark as read: Bo Live liked")]
    private static partial Regex MarkLike();

    [GeneratedRegex("^Bo Live liked")]
    private static partial Regex Liked();

    [GeneratedRegex("/live")]
    private static partial Regex Live();
}
