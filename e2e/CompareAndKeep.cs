using System.IO.Compression;
using System.Text.Json;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class CompareAndKeep(Site site, Browser browser)
{
    [Fact]
    public async Task Somebody_compares_three_models_without_their_names_judges_and_sees_who_was_who()
    {
        await using var ivy = await browser.Visitor(site);
        await ivy.SignUp("ivy@example.org", "a few plain words");
        await ivy.Goto("/compare");
        await ivy.Labelled("Prompt").FillAsync("A lighthouse in fog");
        foreach (var model in new[] { "studio-sketch", "sandbox-success", "sandbox-failure" }) await ivy.Page.Locator($"input[value={model}]").CheckAsync();
        await Expect(ivy.Page.GetByText("3 of 6")).ToBeVisibleAsync();
        await Expect(ivy.Page.Locator("#price b")).ToHaveTextAsync("1 credit");
        await ivy.Button("Compare").ClickAsync();

        await Expect(ivy.Page.Locator(".column")).ToHaveCountAsync(3);
        await ivy.Page.EvaluateAsync("() => { window.thisVeryDocument = true; }");
        await Expect(ivy.Page.Locator(".column[data-status=completed]")).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await Expect(ivy.Page.Locator(".column[data-status=failed]")).ToHaveCountAsync(1);
        await Expect(ivy.Button("Vote and show the names")).ToBeVisibleAsync();
        Assert.True(await ivy.Page.EvaluateAsync<bool>("() => window.thisVeryDocument === true"));
        Assert.DoesNotMatch("(?i)studio|sandbox|sketch", await ivy.Page.ContentAsync());

        var range = ivy.Labelled("How much of the left one is shown");
        await range.FocusAsync();
        for (var n = 0; n < 10; n++) await ivy.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(range).ToHaveValueAsync("60");
        Assert.Contains("40%", await ivy.Page.Locator(".pair-side[data-left]").EvaluateAsync<string>("side => getComputedStyle(side).clipPath"), StringComparison.Ordinal);
        await ivy.Page.Locator("[data-pair-target=left]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await ivy.Page.Locator("[data-pair-target=right]").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await ivy.Page.Locator("[data-pair-target=zoom]").SelectOptionAsync("2");

        await ivy.Page.Locator("input[name=best]").First.CheckAsync();
        await ivy.Button("Vote and show the names").ClickAsync();
        await Expect(ivy.Page.GetByText("You voted for")).ToBeVisibleAsync();
        await Expect(ivy.Heading("Studio Sketch").Or(ivy.Heading("Studio Sketch Best"))).ToBeVisibleAsync();
        await Expect(ivy.Page.GetByText("Nothing was charged").First).ToBeVisibleAsync();
        await ivy.Goto("/compare");
        await Expect(ivy.Page.GetByText("Best: ")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_comparison_begins_with_a_picture_and_again_with_the_same()
    {
        await using var ada = await browser.Visitor(site);
        await ada.SignUp("ada.compares@example.org", "plain words for pictures");
        var picture = await ada.Page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = 320, Height = 240 } });
        await ada.Goto("/compare?type=image2image");
        await ada.Labelled("Prompt").FillAsync("as an oil painting");
        await ada.Page.Locator("input[value=studio-restyle]").CheckAsync();
        await ada.Page.Locator("input[value=sandbox-success]").CheckAsync();
        var place = ada.Page.GetByRole(AriaRole.Group, new() { Name = "Picture", Exact = true });
        await ada.Button("Compare").ClickAsync();
        await Expect(place.GetByText("picture is required")).ToBeVisibleAsync();
        await place.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "chosen.png", MimeType = "image/png", Buffer = picture });
        await Expect(place.GetByText("chosen.png", new() { Exact = true })).ToBeVisibleAsync();
        await ada.Button("Remove chosen.png").ClickAsync();
        await ada.Link("Your library").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "Uploaded" }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "chosen.png" }).ClickAsync();
        await Expect(place.GetByText("chosen.png", new() { Exact = true })).ToBeVisibleAsync();
        await ada.Button("Compare").ClickAsync();
        await Expect(ada.Page.Locator(".column")).ToHaveCountAsync(2);
        await ada.Link("Compare again").ClickAsync();
        await Expect(place.GetByText("chosen.png", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(ada.Labelled("Prompt")).ToHaveValueAsync("as an oil painting");
        await Expect(ada.Page.Locator("input[value=studio-restyle]")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task What_was_made_is_published_fetched_and_deleted_together()
    {
        await using var joe = await browser.Visitor(site);
        await joe.SignUp("joe@example.org", "some other plain words");
        await Made(joe, "A quiet harbour", "A red bicycle");
        await joe.Goto("/library");
        var boxes = joe.Page.Locator("input[name=ids]");
        await Expect(boxes).ToHaveCountAsync(2);
        // What listens for keys shows this button when it has come.
        await Expect(joe.Button("Select all on this page")).ToBeVisibleAsync();
        await joe.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(boxes.First).ToBeFocusedAsync();
        await joe.Page.Keyboard.PressAsync("Space");
        await Expect(joe.Page.GetByText("1 selected")).ToBeVisibleAsync();
        await boxes.Last.ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(joe.Page.GetByText("2 selected")).ToBeVisibleAsync();
        await joe.Page.Locator("#bulk summary", new() { HasText = "Publish" }).ClickAsync();
        await joe.Page.Locator("#bulk").GetByLabel("Mature").CheckAsync();
        await joe.Button("Publish").ClickAsync();
        await Expect(joe.Page.GetByText("2 published.")).ToBeVisibleAsync();
        var mature = joe.Page.Locator("main article", new() { HasText = "Public · Mature" });
        await Expect(mature).ToHaveCountAsync(2);

        // One of them is no work for adults after all: from its card's menu, once it is private again.
        await boxes.First.CheckAsync();
        await joe.Button("Make private").ClickAsync();
        await Expect(joe.Page.GetByText("1 withdrawn.")).ToBeVisibleAsync();
        var card = joe.Page.Locator("main article").First;
        await card.HoverAsync();
        await card.Locator("summary").ClickAsync();
        await card.GetByLabel("Mature").UncheckAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(joe.Link("See its page")).ToBeVisibleAsync();
        await joe.Goto("/library");
        await Expect(mature).ToHaveCountAsync(1);

        await joe.Button("Select all on this page").ClickAsync();
        var fetched = await joe.Page.RunAndWaitForDownloadAsync(() => joe.Button("Download").ClickAsync());
        await Holds(await fetched.PathAsync(), "001-a-red-bicycle.png", "002-a-quiet-harbour.png", "manifest.json");

        await joe.Button("Delete").ClickAsync();
        await Expect(joe.Heading("Delete these 2 for good?")).ToBeVisibleAsync();
        await joe.Button("Delete for good").ClickAsync();
        await Expect(joe.Page.GetByText("2 deleted.")).ToBeVisibleAsync();
        await Expect(joe.Heading("Your library starts here")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_javascript_they_are_published_collected_and_deleted_just_so()
    {
        await using var kim = await browser.Visitor(site, javaScript: false);
        await kim.SignUp("kim@example.org", "plain words without scripts");
        await Made(kim, "Mountains at sunrise");
        await kim.Page.Locator("input[name=ids]").First.CheckAsync();
        await kim.Page.Locator("#bulk summary", new() { HasText = "Publish" }).ClickAsync();
        await kim.Button("Publish").ClickAsync();
        await Expect(kim.Page.GetByText("1 published.")).ToBeVisibleAsync();
        await kim.Page.Locator("input[name=ids]").First.CheckAsync();
        await kim.Page.Locator("summary", new() { HasText = "Collect" }).ClickAsync();
        await kim.Labelled("Name of the new one").FillAsync("Mornings");
        await kim.Button("Put in").ClickAsync();
        await Expect(kim.Page.GetByText("1 collected.")).ToBeVisibleAsync();
        await kim.Page.Locator("input[name=ids]").First.CheckAsync();
        var fetched = await kim.Page.RunAndWaitForDownloadAsync(() => kim.Button("Download").ClickAsync());
        await Holds(await fetched.PathAsync(), "001-mountains-at-sunrise.png", "manifest.json");
        await kim.Button("Delete").ClickAsync();
        await kim.Button("Delete for good").ClickAsync();
        await Expect(kim.Page.GetByText("1 deleted.")).ToBeVisibleAsync();

        await kim.Goto("/compare");
        await kim.Labelled("Prompt").FillAsync("A lighthouse in fog");
        await kim.Page.Locator("input[value=studio-sketch]").CheckAsync();
        await kim.Page.Locator("input[value=sandbox-success]").CheckAsync();
        await kim.Button("Compare").ClickAsync();
        await kim.ReloadUntil(kim.Page.Locator("input[name=best]"));
        await kim.Page.Locator("input[value=none]").CheckAsync();
        await kim.Button("Vote and show the names").ClickAsync();
        await Expect(kim.Page.GetByText("You found none of them good.")).ToBeVisibleAsync();
    }

    private static async Task Made(Visitor who, params string[] prompts)
    {
        foreach (var prompt in prompts)
        {
            await who.Goto("/playground");
            await who.Labelled("Prompt").FillAsync(prompt);
            await who.Button("Generate").ClickAsync();
            // With scripts a toast says so, without them its page comes.
            await Expect(who.Page.Locator(".toast, .show").First).ToBeVisibleAsync();
            await who.Goto("/library?status=completed&q=" + Uri.EscapeDataString(prompt));
            await who.ReloadUntil(who.Page.Locator("article[data-status=completed]"));
        }
    }

    private static async Task Holds(string path, params string[] names)
    {
        await using var file = File.OpenRead(path);
        await using var zip = new ZipArchive(file);
        Assert.Equal(names, zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.True(entry.Length > 100));
        await using var manifest = await zip.GetEntry("manifest.json")!.OpenAsync();
        var told = (await JsonDocument.ParseAsync(manifest)).RootElement;
        Assert.Equal(names[..^1], told.EnumerateArray().SelectMany(item => item.GetProperty("files").EnumerateArray()).Select(name => name.GetString()));
    }
}
