using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class ComingAndGoing(Site site, Browser browser)
{
    [Fact]
    public async Task A_session_that_is_ended_elsewhere_is_signed_out_at_its_next_step()
    {
        await ApiClient.Of(site, "sid@sessions.example.org");
        await using var home = await browser.Visitor(site);
        await using var cafe = await browser.Visitor(site);
        await cafe.SignIn("sid@sessions.example.org", ApiClient.Password);
        await home.SignIn("sid@sessions.example.org", ApiClient.Password);
        await home.Goto("/settings/sessions");
        var lines = home.Page.Locator("main .line-item");
        await Expect(lines).ToHaveCountAsync(2);
        await Expect(lines.Filter(new() { HasText = "This one" })).ToHaveCountAsync(1);
        await home.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^End session") }).ClickAsync();
        await Expect(lines).ToHaveCountAsync(1);

        await cafe.Page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Library" }).ClickAsync();
        await Expect(cafe.Heading("Sign in")).ToBeVisibleAsync();
        await cafe.Labelled("Email").FillAsync("sid@sessions.example.org");
        await cafe.Labelled("Password").FillAsync(ApiClient.Password);
        await cafe.Button("Sign in").ClickAsync();
        await cafe.Page.WaitForURLAsync("**/library*");
        // The other one goes on.
        await home.Page.ReloadAsync();
        await Expect(lines).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_page_is_painted_before_its_scripts_are_asked_for_and_its_font_comes_once()
    {
        await using var guest = await browser.Visitor(site);
        await guest.Goto("/explore");
        await Expect(guest.Page.Locator("header button[aria-label^=Theme]")).ToBeVisibleAsync();
        var times = await guest.Page.EvaluateAsync<Dictionary<string, double[]>>("""
            () => {
              const files = performance.getEntriesByType("resource"), named = pattern => files.filter(file => pattern.test(file.name));
              return {
                painted: performance.getEntriesByName("first-contentful-paint").map(entry => entry.startTime),
                loaded: performance.getEntriesByType("navigation").map(entry => entry.domContentLoadedEventStart),
                scripts: named(/\.js$/).filter(file => !file.name.includes("/dist/head.")).map(file => file.startTime),
                fonts: named(/\.woff2$/).map(file => file.startTime),
                sheets: named(/\.css$/).map(file => file.responseEnd),
              };
            }
            """);
        // Where the first paint takes very long, or nobody tells of it, they begin two seconds after the document is there.
        var begin = Math.Min(times["painted"].Single(), times["loaded"].Single() + 2000);
        Assert.NotEmpty(times["scripts"]);
        Assert.All(times["scripts"], asked => Assert.True(asked >= begin, $"A script was asked for at {asked:F0} ms, the first paint was at {begin:F0} ms."));
        Assert.True(times["fonts"].Single() < times["sheets"].Single());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Scripts_begin_once_whether_they_come_before_or_after_everything_else(bool late)
    {
        await using var guest = await browser.Visitor(site);
        var come = new TaskCompletionSource();
        if (!late) come.SetResult();
        await guest.Page.RouteAsync("**/dist/app.*.js", async route =>
        {
            await come.Task;
            await route.ContinueAsync();
        });
        await guest.Page.AddInitScriptAsync("window.begun = 0; document.addEventListener('turbo:load', () => window.begun++);");
        await guest.Page.GotoAsync(site.Address + "/explore", new() { WaitUntil = late ? WaitUntilState.Load : WaitUntilState.DOMContentLoaded });
        if (late) come.SetResult();
        await guest.Page.WaitForFunctionAsync("() => window.begun > 0");
        await guest.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Equal(1, await guest.Page.EvaluateAsync<int>("window.begun"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_a_stranger_typed_on_the_first_page_waits_behind_the_door(bool javaScript)
    {
        var email = $"tia{javaScript}@door.example.org".ToLowerInvariant();
        await ApiClient.Of(site, email);
        await using var tia = await browser.Visitor(site, javaScript);
        await tia.Goto("/");
        await tia.Labelled("Prompt").FillAsync("A heron & a reed, 100% “still” + quiet?");
        await tia.Button("Generate").ClickAsync();
        await Expect(tia.Heading("Sign in")).ToBeVisibleAsync();
        await tia.Labelled("Email").FillAsync(email);
        await tia.Labelled("Password").FillAsync(ApiClient.Password);
        await tia.Button("Sign in").ClickAsync();
        await tia.Page.WaitForURLAsync("**/playground*");
        await Expect(tia.Labelled("Prompt")).ToHaveValueAsync("A heron & a reed, 100% “still” + quiet?");
    }
}
