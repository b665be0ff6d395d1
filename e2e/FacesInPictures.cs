using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>Faces are found and covered by hand, and before a picture that shows one is published.</summary>
public sealed class FacesInPictures(Site site, Browser browser)
{
    private static string Astronaut { get; } = Path.Combine(Site.Root, "tests/Server.Tests/Recognition/Pictures/astronaut.png");

    [Fact]
    public async Task A_picture_that_shows_somebody_is_published_with_the_face_pixelated()
    {
        await using var nora = await browser.Visitor(site);
        await nora.SignUp("nora@faces.example.org", "plain words for nora");
        await nora.Goto("/playground?type=upscale&model=studio-upscale");
        await nora.Page.Locator("[data-slot] input[type=file]").First.SetInputFilesAsync(Astronaut);
        await Expect(nora.Page.Locator(".given img")).ToBeVisibleAsync();
        await nora.Button("Generate").ClickAsync();
        var card = nora.Page.Locator("#recent article").First;
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 60_000 });
        await card.Locator(".about a").ClickAsync();

        await nora.Button("Publish").ClickAsync();
        var question = nora.Page.GetByRole(AriaRole.Alert);
        await Expect(question).ToContainTextAsync("There is a face in this picture.");
        await Expect(nora.Button("Publish as it is")).ToBeVisibleAsync();
        var original = new Uri(nora.Page.Url).AbsolutePath;
        await question.GetByRole(AriaRole.Link, new() { Name = "Do not publish" }).ClickAsync();
        await Expect(nora.Button("Publish")).ToBeVisibleAsync();

        await nora.Button("Publish").ClickAsync();
        await nora.Button("Publish a pixelated copy").ClickAsync();
        await Expect(nora.Page.GetByRole(AriaRole.Link, new() { Name = "See its page" })).ToBeVisibleAsync();
        Assert.NotEqual(original, new Uri(nora.Page.Url).AbsolutePath);
        await nora.Page.GetByRole(AriaRole.Link, new() { Name = "See its page" }).ClickAsync();
        await Expect(nora.Page.Locator("main .stage img")).ToBeVisibleAsync();

        // What was published has no face any more; what was not is private still.
        await nora.Goto(original);
        await Expect(nora.Labelled("Only you")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_face_is_found_covered_and_taken_along()
    {
        await using var otto = await browser.Visitor(site);
        await otto.SignUp("otto@faces.example.org", "plain words for otto");
        await otto.Goto("/recognition");
        await otto.Page.Locator("input[type=file]").SetInputFilesAsync(Astronaut);
        await Expect(otto.Page.Locator(".drop-zone img")).ToBeVisibleAsync();
        await otto.Button("Find faces").ClickAsync();
        var outcome = otto.Page.Locator("#recognition-outcome");
        await Expect(outcome.GetByRole(AriaRole.Heading, new() { Name = "One face found" })).ToBeVisibleAsync();

        // The file is still there: another cover needs no second choice.
        await otto.Page.GetByText("Pixelated", new() { Exact = true }).ClickAsync();
        await otto.Button("Find faces").ClickAsync();
        await Expect(outcome.Locator("code")).ToContainTextAsync("facemode=pixel");
        var download = await otto.Page.RunAndWaitForDownloadAsync(() => outcome.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.Equal("astronaut-faces.jpg", download.SuggestedFilename);

        await otto.Page.Locator("input[type=file]").SetInputFilesAsync(Pictures.Liar);
        await otto.Button("Find faces").ClickAsync();
        await Expect(otto.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no picture");
    }
}
