using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class Catalogue(Site site, Browser browser)
{
    [Fact]
    public async Task A_stranger_finds_a_model_reads_its_prices_and_comes_to_the_playground_with_it()
    {
        await site.Command("user", "add", "nora@catalogue.example.org", "--password", "a few plain words", "--credits", "20");
        await using var nora = await browser.Visitor(site);
        await nora.Goto("/models");
        await nora.Labelled("Makes").SelectOptionAsync("text2video");
        await nora.Labelled("Availability").SelectOptionAsync("yes");
        await nora.Button("Show").ClickAsync();
        await Expect(nora.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("type=text2video.*ready=yes"));
        await Expect(nora.Link("Studio Sketch")).ToHaveCountAsync(0);
        await nora.Link("Studio Motion").ClickAsync();

        await Expect(nora.Heading("Studio Motion")).ToBeVisibleAsync();
        var prices = nora.Page.GetByRole(AriaRole.Region, new() { Name = "Prices of Text to video" });
        await Expect(prices.GetByRole(AriaRole.Columnheader, new() { Name = "5 s", Exact = true })).ToBeVisibleAsync();
        await Expect(prices.GetByRole(AriaRole.Cell, new() { Name = "5", Exact = true }).First).ToBeVisibleAsync();

        await nora.Link("Try it").ClickAsync();
        await nora.Labelled("Email").FillAsync("nora@catalogue.example.org");
        await nora.Labelled("Password").FillAsync("a few plain words");
        await nora.Button("Sign in").ClickAsync();
        await nora.Page.WaitForURLAsync("**/playground*");
        await Expect(nora.Page.Locator(".picker summary b").Last).ToHaveTextAsync("Studio Motion");
    }

    [Fact]
    public async Task Somebody_makes_a_template_describes_its_gap_uses_it_and_deletes_it()
    {
        await site.Command("user", "add", "ida@catalogue.example.org", "--password", "a few plain words");
        await using var ida = await browser.Visitor(site);
        await ida.SignIn("ida@catalogue.example.org", "a few plain words");
        await ida.Goto("/templates");
        await ida.Link("New template").ClickAsync();
        await ida.Labelled("Prompt").FillAsync("A lighthouse in {weather}");
        await ida.Button("Save").ClickAsync();
        await Expect(ida.Labelled("Title")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(ida.Labelled("Prompt")).ToHaveValueAsync("A lighthouse in {weather}");
        await ida.Labelled("Title").FillAsync("Lighthouse");
        await ida.Button("Save").ClickAsync();

        await Expect(ida.Heading("Change template")).ToBeVisibleAsync();
        await ida.Labelled("Otherwise").FillAsync("thick fog");
        await ida.Button("Save").ClickAsync();
        await Expect(ida.Heading("Yours")).ToBeVisibleAsync();
        await Expect(ida.Page.Locator("mark", new() { HasTextString = "thick fog" })).ToBeVisibleAsync();
        await Expect(ida.Link("Use it: Lighthouse")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/playground\\?template="));

        await ida.Link("Change: Lighthouse").ClickAsync();
        await ida.Button("Delete template").ClickAsync();
        await Expect(ida.Heading("Templates")).ToBeVisibleAsync();
        await Expect(ida.Heading("Yours")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_javascript_models_templates_and_prices_are_read_and_filtered()
    {
        await using var lin = await browser.Visitor(site, javaScript: false, width: 360);
        await lin.Goto("/models");
        await lin.Labelled("Search").FillAsync("painter");
        await lin.Button("Show").ClickAsync();
        await lin.Link("Studio Sketch").ClickAsync();
        await Expect(lin.Heading("Studio Sketch")).ToBeVisibleAsync();
        await Expect(lin.Page.GetByText("Not measured yet").Or(lin.Page.GetByText("Measured here over"))).ToBeVisibleAsync();

        await lin.Goto("/templates");
        await lin.Labelled("Makes").SelectOptionAsync("audio");
        await lin.Button("Show").ClickAsync();
        await Expect(lin.Page.Locator(".template").First).ToContainTextAsync("Audio");
        await lin.Goto("/pricing");
        await Expect(lin.Heading("Plans")).ToBeVisibleAsync();
        await Expect(lin.Page.GetByText("This installation takes no payments.")).ToBeVisibleAsync();
    }
}
