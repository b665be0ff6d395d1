using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class WhatIsShownToWhom(Site site, Browser browser)
{
    [Fact]
    public async Task Works_for_adults_are_hidden_veiled_or_shown_as_their_reader_has_chosen()
    {
        var maker = await ApiClient.Of(site, "mel@adults.example.org");
        var work = await maker.Publish("A bather at a marble pool", "Marble pool");
        await maker.Patch($"/v1/generations/{work}", """{"mature":true}""");
        await ApiClient.Of(site, "ray@adults.example.org");
        await using var ray = await browser.Visitor(site);
        await ray.SignIn("ray@adults.example.org", ApiClient.Password);
        var tile = ray.Page.Locator($".tile[href='/works/{work}']");

        await ray.Goto("/explore?q=marble");
        await Expect(ray.Heading("No works match")).ToBeVisibleAsync();
        await ray.Goto($"/works/{work}");
        await Expect(ray.Heading("This work is for adults")).ToBeVisibleAsync();
        Assert.DoesNotContain("Marble pool", await ray.Page.ContentAsync(), StringComparison.Ordinal);
        await ray.Link("Settings").ClickAsync();
        await Expect(ray.Page.GetByLabel("Hide them")).ToBeCheckedAsync();

        await ray.Page.GetByLabel("Blur them").CheckAsync();
        await ray.Button("Save").ClickAsync();
        await Expect(ray.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await ray.Goto("/explore?q=marble");
        Assert.StartsWith("blur(", await tile.Locator("img").EvaluateAsync<string>("image => getComputedStyle(image).filter"), StringComparison.Ordinal);
        await tile.ClickAsync();
        await Expect(ray.Heading("This work is for adults")).ToBeVisibleAsync();
        await ray.Link("Show it").ClickAsync();
        await Expect(ray.Heading("Marble pool")).ToBeVisibleAsync();

        await ray.Goto("/settings/content");
        await ray.Page.GetByLabel("Show them").CheckAsync();
        await ray.Button("Save").ClickAsync();
        await Expect(ray.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await ray.Goto("/explore?q=marble");
        await Expect(tile.Locator("img")).ToHaveCSSAsync("filter", "none");
        await tile.ClickAsync();
        await Expect(ray.Heading("Marble pool")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Those_one_follows_fill_ones_feed_and_every_list_of_a_profile_is_a_page()
    {
        var fay = await ApiClient.Of(site, "fay.feed@example.org");
        var gus = await ApiClient.Of(site, "gus.feed@example.org");
        var work = await fay.Publish("A kite over dunes", "Kite");
        await fay.Post("/v1/collections", """{"name":"Winds","visibility":"public"}""");
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn("gus.feed@example.org", ApiClient.Password);
        await visitor.Goto("/following");
        await Expect(visitor.Heading("Follow people to fill this")).ToBeVisibleAsync();
        await visitor.Goto($"/works/{work}");
        await visitor.Button("Like").ClickAsync();
        await Expect(visitor.Button("Like")).ToHaveAttributeAsync("aria-pressed", "true");
        await visitor.Link("Fay Feed").ClickAsync();
        await visitor.Button("Follow Fay Feed").ClickAsync();
        await Expect(visitor.Button("Following Fay Feed")).ToBeVisibleAsync();
        await visitor.Goto("/following");
        await Expect(visitor.Page.Locator(".tile")).ToHaveAttributeAsync("href", $"/works/{work}");

        await visitor.Goto("/@fay_feed");
        var lists = visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "What there is of Fay Feed" });
        await Expect(lists.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Works1", "Collections", "Followers1", "Following0"]);
        await lists.GetByRole(AriaRole.Link, new() { Name = "Collections" }).ClickAsync();
        await Expect(visitor.Link("Winds")).ToBeVisibleAsync();
        await lists.GetByRole(AriaRole.Link, new() { Name = "Followers" }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/@fay_feed/followers$"));
        await visitor.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Gus Feed" }).ClickAsync();
        await Expect(visitor.Heading("Gus Feed")).ToBeVisibleAsync();
        await visitor.Page.Locator("nav.lists").GetByRole(AriaRole.Link, new() { Name = "Following" }).ClickAsync();
        await Expect(visitor.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Fay Feed" })).ToBeVisibleAsync();
        await visitor.Page.Locator("nav.lists").GetByRole(AriaRole.Link, new() { Name = "Likes" }).ClickAsync();
        await Expect(visitor.Page.Locator(".tile")).ToHaveAttributeAsync("href", $"/works/{work}");

        // What somebody likes is their own, until they say otherwise.
        await using var stranger = await browser.Visitor(site);
        Assert.Equal(404, (await stranger.Page.GotoAsync($"/@{gus.Handle}/likes"))!.Status);
        await visitor.Goto("/settings");
        await visitor.Page.GetByLabel("Others may see what I like").CheckAsync();
        await visitor.Button("Save profile").ClickAsync();
        await Expect(visitor.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await stranger.Goto($"/@{gus.Handle}/likes");
        await Expect(stranger.Page.Locator(".tile")).ToHaveAttributeAsync("href", $"/works/{work}");
    }

    [Fact]
    public async Task Many_who_like_one_work_are_one_line_that_counts_them_live()
    {
        var ola = await ApiClient.Of(site, "ola.many@example.org");
        var work = await ola.Publish("A lantern", "Lantern");
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn("ola.many@example.org", ApiClient.Password);
        await visitor.Goto("/notifications");
        foreach (var (email, title) in new[] { ("uma.many", "Uma Many liked “Lantern”"), ("vic.many", "Vic Many and 1 other liked “Lantern”"), ("wes.many", "Wes Many and 2 others liked “Lantern”") })
        {
            await (await ApiClient.Of(site, email + "@example.org")).Post($"/v1/explore/{work}/like", "{}");
            await Expect(visitor.Page.Locator(".notice-line a")).ToHaveTextAsync([title]);
            await Expect(visitor.Page.Locator("header [data-count=unread]")).ToHaveTextAsync("1");
        }
        await visitor.Page.Locator(".notice-line a").ClickAsync();
        await Expect(visitor.Heading("Lantern")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("header [data-count=unread]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Script_in_what_people_write_stays_text_wherever_it_is_shown()
    {
        const string Evil = "<img src=x onerror=ran=1><script>ran=1</script>";
        var mal = await ApiClient.Of(site, "mal.text@example.org");
        await ApiClient.Of(site, "pat.text@example.org");
        await using var visitor = await browser.Visitor(site);
        await visitor.SignIn("mal.text@example.org", ApiClient.Password);
        await visitor.Goto("/settings");
        await visitor.Labelled("Name").FillAsync(Evil);
        await visitor.Labelled("About you").FillAsync(Evil);
        await visitor.Button("Save profile").ClickAsync();
        await Expect(visitor.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await visitor.Goto("/playground");
        await visitor.Labelled("Prompt").FillAsync(Evil + " a fox");
        await visitor.Labelled("Who can see it").SelectOptionAsync("public");
        await visitor.Button("Enhance").ClickAsync();
        await Expect(visitor.Page.Locator("#enhanced > *").First).ToBeVisibleAsync();
        await visitor.Button("Generate").ClickAsync();
        var card = visitor.Page.Locator("#recent article");
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });
        await card.Locator(".about a").ClickAsync();
        await visitor.Labelled("Title").FillAsync(Evil);
        await visitor.Button("Update").ClickAsync();
        await Expect(visitor.Heading(Evil)).ToBeVisibleAsync();
        var work = new Uri(visitor.Page.Url).Segments[^1];
        await mal.Post("/v1/collections", System.Text.Json.JsonSerializer.Serialize(new { name = Evil, description = Evil, visibility = "public" }));

        await using var pat = await browser.Visitor(site);
        await pat.SignIn("pat.text@example.org", ApiClient.Password);
        await pat.Goto($"/@{mal.Handle}");
        await Expect(pat.Heading(Evil)).ToBeVisibleAsync();
        await pat.Page.Locator("main form[action$='/follow'] button").ClickAsync();
        await pat.Page.Locator("nav.lists").GetByRole(AriaRole.Link, new() { Name = "Collections" }).ClickAsync();
        await pat.Link(Evil).ClickAsync();
        await Expect(pat.Heading(Evil)).ToBeVisibleAsync();
        await pat.Goto($"/works/{work}");
        await Expect(pat.Heading(Evil)).ToBeVisibleAsync();
        await pat.Button("Like").ClickAsync();
        await Expect(pat.Button("Like")).ToHaveAttributeAsync("aria-pressed", "true");
        await pat.Link("Collect").ClickAsync();
        await pat.Labelled("New collection").FillAsync(Evil);
        await pat.Button("Save").ClickAsync();
        await Expect(pat.Page.GetByText("Saved. It is in one collection.")).ToBeVisibleAsync();
        await pat.Link("Report this work").ClickAsync();
        await pat.Labelled("Details").FillAsync(Evil);
        await pat.Button("Send report").ClickAsync();
        await Expect(pat.Labelled("Details")).ToHaveValueAsync(Evil);
        await pat.Goto("/explore?q=onerror");
        await Expect(pat.Page.Locator(".tile").First).ToContainTextAsync("onerror");

        await visitor.Goto("/notifications");
        await Expect(visitor.Page.Locator(".notice-line").First).ToContainTextAsync("<img src=x");
        foreach (var page in new[] { visitor.Page, pat.Page })
        {
            Assert.True(await page.EvaluateAsync<bool>("() => window.ran === undefined"));
            await Expect(page.Locator("img[src=x], [onerror]")).ToHaveCountAsync(0);
        }
    }
}
