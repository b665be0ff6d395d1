using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>What people do with each other's works.</summary>
public sealed class Gallery(Site site, Browser browser)
{
    [Fact]
    public async Task A_collection_is_filled_from_work_pages_put_in_order_by_keyboard_and_by_drag_and_seen_so_by_a_stranger()
    {
        var maker = await ApiClient.Of(site, "gallery-maker@example.org");
        var works = new[] { await maker.Publish("A gallery of apples"), await maker.Publish("A gallery of bears"), await maker.Publish("A gallery of clouds") };
        await site.Command("user", "add", "gallery-keeper@example.org", "--password", "a few plain words", "--credits", "10");
        await using var kim = await browser.Visitor(site);
        await kim.SignIn("gallery-keeper@example.org", "a few plain words");

        await kim.Goto($"/works/{works[0]}");
        await kim.Link("Collect").ClickAsync();
        await kim.Labelled("New collection").FillAsync("Letters");
        await kim.Button("Save").ClickAsync();
        await Expect(kim.Page.GetByText("Saved. It is in one collection.")).ToBeVisibleAsync();
        Assert.EndsWith($"/works/{works[0]}", kim.Page.Url, StringComparison.Ordinal);
        foreach (var work in works[1..])
        {
            await kim.Goto($"/works/{work}");
            await kim.Link("Collect").ClickAsync();
            await kim.Labelled("Letters").CheckAsync();
            await kim.Button("Save").ClickAsync();
            await Expect(kim.Page.GetByText("Saved. It is in one collection.")).ToBeVisibleAsync();
        }

        await kim.Goto("/collections");
        await kim.Link("Letters").ClickAsync();
        await Expect(kim.Page.Locator("a.tile")).ToHaveCountAsync(3);
        await kim.Link("Arrange").ClickAsync();
        var items = kim.Page.Locator(".arrange li");
        await Expect(items).ToHaveCountAsync(3);
        // By keyboard: the focus stays on the button, so that the next press goes on.
        await kim.Button("Move A gallery of apples towards the end").FocusAsync();
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(items.Nth(1)).ToHaveAttributeAsync("data-id", works[0]);
        await Expect(kim.Button("Move A gallery of apples towards the end")).ToBeFocusedAsync();
        await kim.Page.Keyboard.PressAsync("Enter");
        await Expect(items.Nth(2)).ToHaveAttributeAsync("data-id", works[0]);
        // By drag: the last to the front.
        await Expect(kim.Page.Locator(".arrange[data-ready]")).ToHaveCountAsync(1);
        var (from, to) = ((await items.Nth(1).Locator(".box").BoundingBoxAsync())!, (await items.Nth(0).Locator(".box").BoundingBoxAsync())!);
        await kim.Page.Mouse.MoveAsync(from.X + (from.Width / 2), from.Y + (from.Height / 2));
        await kim.Page.Mouse.DownAsync();
        await kim.Page.Mouse.MoveAsync(to.X + 10, to.Y + 10, new() { Steps = 8 });
        await kim.Page.Mouse.UpAsync();
        await Expect(kim.Page.GetByText("Moved to place 1.")).ToBeVisibleAsync();
        await Expect(items.Nth(0)).ToHaveAttributeAsync("data-id", works[2]);
        // By finger: resting on the last lifts it to the front; one that moves at once only scrolls.
        await Touch(kim.Page, items.Nth(2), items.Nth(0), rest: 0);
        await Touch(kim.Page, items.Nth(2), items.Nth(0), rest: 500);
        await Expect(items.Nth(0)).ToHaveAttributeAsync("data-id", works[0]);
        await Expect(items.Nth(2)).ToHaveAttributeAsync("data-id", works[1]);

        await kim.Link("Done").ClickAsync();
        await kim.Page.GetByText("Edit or delete").ClickAsync();
        await kim.Labelled("Who can see it").SelectOptionAsync("Everyone");
        await kim.Button("Save").ClickAsync();
        await Expect(kim.Page.GetByText("Public", new() { Exact = true })).ToBeVisibleAsync();

        await using var stranger = await browser.Visitor(site, javaScript: false);
        await stranger.Goto(new Uri(kim.Page.Url).AbsolutePath);
        await Expect(stranger.Heading("Letters")).ToBeVisibleAsync();
        var order = await stranger.Page.Locator("a.tile").EvaluateAllAsync<string[]>("tiles => tiles.map(tile => tile.getAttribute('href'))");
        Assert.Equal([$"/works/{works[0]}", $"/works/{works[2]}", $"/works/{works[1]}"], order);
    }

    private static async Task Touch(IPage page, ILocator item, ILocator over, float rest)
    {
        await Expect(page.Locator(".arrange[data-ready]")).ToHaveCountAsync(1);
        var (from, to) = ((await item.Locator(".box").BoundingBoxAsync())!, (await over.Locator(".box").BoundingBoxAsync())!);
        var (x, y) = (from.X + (from.Width / 2), from.Y + (from.Height / 2));
        var tools = await page.Context.NewCDPSessionAsync(page);
        await Finger("touchStart", x, y);
        await page.WaitForTimeoutAsync(rest);
        for (var step = 1; step <= 8; step++) await Finger("touchMove", x + ((to.X + 10 - x) * step / 8), y + ((to.Y + 10 - y) * step / 8));
        await tools.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await tools.DetachAsync();

        Task Finger(string type, double left, double top) => tools.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new { x = left, y = top } } });
    }

    [Fact]
    public async Task A_prompt_is_used_again_and_the_work_shows_its_remix_and_the_remix_its_root()
    {
        var root = await (await ApiClient.Of(site, "gallery-root@example.org")).Publish("A gallery of quiet harbours");
        await site.Command("user", "add", "gallery-remixer@example.org", "--password", "a few plain words", "--credits", "10");
        await using var ben = await browser.Visitor(site);
        await ben.SignIn("gallery-remixer@example.org", "a few plain words");
        await ben.Goto($"/works/{root}");
        await ben.Link("Use this prompt · 1 credit").ClickAsync();
        await ben.Page.WaitForURLAsync("**/playground*");
        await Expect(ben.Labelled("Prompt")).ToHaveValueAsync("A gallery of quiet harbours");
        await ben.Labelled("Prompt").FillAsync("A gallery of stormy harbours");
        await ben.Labelled("Who can see it").SelectOptionAsync("public");
        await ben.Button("Generate").ClickAsync();
        var card = ben.Page.Locator("#recent article").First;
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });

        await ben.Goto($"/works/{root}");
        await ben.Page.GetByRole(AriaRole.Region, new() { Name = "Remixes" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(ben.Page.GetByText("A gallery of stormy harbours").First).ToBeVisibleAsync();
        await Expect(ben.Page.GetByRole(AriaRole.Region, new() { Name = "Based on" }).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"/works/{root}");
    }

    [Fact]
    public async Task A_work_is_reported_in_its_page_and_looked_at_in_full_size()
    {
        var work = await (await ApiClient.Of(site, "gallery-reported@example.org")).Publish("A gallery of borrowed tales");
        await site.Command("user", "add", "gallery-reporter@example.org", "--password", "a few plain words");
        await using var rae = await browser.Visitor(site);
        await rae.SignIn("gallery-reporter@example.org", "a few plain words");
        await rae.Goto($"/works/{work}");
        await rae.Link("Report this work").ClickAsync();
        await rae.Button("Send report").ClickAsync();
        await Expect(rae.Labelled("What is wrong")).ToHaveAttributeAsync("aria-invalid", "true");
        await rae.Labelled("What is wrong").SelectOptionAsync("copyright");
        await rae.Labelled("Details").FillAsync("I wrote this.");
        await rae.Button("Send report").ClickAsync();
        await Expect(rae.Page.GetByText("Thank you. A moderator looks at it.")).ToBeVisibleAsync();
        Assert.EndsWith($"/works/{work}", rae.Page.Url, StringComparison.Ordinal);

        await rae.Page.Locator(".stage figure a").ClickAsync();
        await Expect(rae.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await rae.Button("Zoom in").ClickAsync();
        await Expect(rae.Button("Zoom out")).ToBeVisibleAsync();
        await rae.Page.Keyboard.PressAsync("Escape");
        await Expect(rae.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_javascript_a_work_is_liked_collected_and_reported()
    {
        var work = await (await ApiClient.Of(site, "gallery-plain@example.org")).Publish("A gallery of plain things");
        await site.Command("user", "add", "gallery-scriptless@example.org", "--password", "a few plain words");
        await using var lee = await browser.Visitor(site, javaScript: false);
        await lee.SignIn("gallery-scriptless@example.org", "a few plain words");
        await lee.Goto($"/works/{work}");
        await lee.Button("Like").ClickAsync();
        await Expect(lee.Button("Like")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.EndsWith($"/works/{work}", lee.Page.Url, StringComparison.Ordinal);
        await lee.Link("Collect").ClickAsync();
        await Expect(lee.Heading("Collect a work")).ToBeVisibleAsync();
        await lee.Labelled("New collection").FillAsync("Plain");
        await lee.Button("Save").ClickAsync();
        await Expect(lee.Labelled("Plain")).ToBeCheckedAsync();
        await lee.Link("A gallery of plain things").ClickAsync();
        await lee.Link("Report this work").ClickAsync();
        await lee.Button("Send report").ClickAsync();
        await Expect(lee.Page.GetByText("Choose what is wrong.")).ToBeVisibleAsync();
    }
}
