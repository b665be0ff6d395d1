using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>Pictures of any size and kind keep to the boxes that are there for them.</summary>
public sealed class Uploads(Site site, Browser browser)
{
    [Fact]
    public async Task Huge_tiny_transparent_and_moving_pictures_break_no_layout()
    {
        await ApiClient.Of(site, "una@uploads.example.org");
        await using var una = await browser.Visitor(site);
        await una.SignIn("una@uploads.example.org", ApiClient.Password);
        FilePayload[] pictures = [await Pictures.Huge(), await Pictures.Tiny(), await Pictures.Transparent(), await Pictures.Animated()];

        var (place, faces) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (nth, picture) in pictures.Index())
        {
            await una.Goto("/playground?type=image2image&model=studio-restyle&prompt=as+an+oil+painting");
            var form = await Box(una.Page.Locator("form.composer"));
            await una.Page.Locator("[data-slot] input[type=file]").SetInputFilesAsync(picture);
            var small = una.Page.Locator(".given img");
            await Expect(small).ToBeVisibleAsync();
            await small.EvaluateAsync("image => image.decode()");
            place.Add(Size(await Box(small)));
            Assert.Equal(form.Width, (await Box(una.Page.Locator("form.composer"))).Width);
            await Fits(una, $"{picture.Name} as an input");
            await una.Button("Generate").ClickAsync();
            await Expect(una.Page.Locator("#recent article")).ToHaveCountAsync(nth + 1);
            await Expect(una.Page.Locator("#recent article").First).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });
            var card = una.Page.Locator("#recent article").First;
            Assert.InRange((await Box(card)).Width, 120, 700);
            await Fits(una, $"{picture.Name} on a card");
            await card.Locator(".about a").ClickAsync();
            await Expect(una.Page.Locator("main .stage img")).ToBeVisibleAsync();
            var (stage, shown) = (await Box(una.Page.Locator("main .stage figure")), await Box(una.Page.Locator("main .stage img")));
            Assert.InRange(shown.Width, 1, stage.Width);
            Assert.InRange(shown.Height, 1, 900);
            await Fits(una, $"{picture.Name} as a work");

            await una.Goto("/settings");
            await una.Labelled("Picture").SetInputFilesAsync(picture);
            await una.Button("Use this picture").ClickAsync();
            await Expect(una.Page.GetByText("This is your picture now.")).ToBeVisibleAsync(new() { Timeout = 20_000 });
            faces.Add(Size(await Box(una.Page.Locator("main .avatar").First)) + " " + Size(await Box(una.Page.Locator("header .avatar"))));
            await Fits(una, $"{picture.Name} as a face");
        }
        // One box for all of them.
        Assert.Single(place);
        Assert.Single(faces);
    }

    [Fact]
    public async Task A_text_that_is_called_a_picture_is_refused_beside_its_place_and_nothing_typed_is_lost()
    {
        await ApiClient.Of(site, "liar@uploads.example.org");
        await using (var lea = await browser.Visitor(site))
        {
            await lea.SignIn("liar@uploads.example.org", ApiClient.Password);
            await lea.Goto("/playground?type=image2image");
            await Type(lea);
            await lea.Page.Locator("[data-slot] input[type=file]").SetInputFilesAsync(Pictures.Liar);
            await Refused(lea);
            await lea.Goto("/settings");
            await lea.Labelled("Picture").SetInputFilesAsync(Pictures.Liar);
            await lea.Button("Use this picture").ClickAsync();
            await Expect(lea.Labelled("Picture")).ToHaveAttributeAsync("aria-invalid", "true");
        }

        await using var plain = await browser.Visitor(site, javaScript: false);
        await plain.SignIn("liar@uploads.example.org", ApiClient.Password);
        await plain.Goto("/playground?type=image2image");
        await Type(plain);
        await plain.Page.Locator("[data-slot] input[type=file]").SetInputFilesAsync(Pictures.Liar);
        await plain.Button("Generate").ClickAsync();
        await Refused(plain);
    }

    private static async Task Type(Visitor visitor)
    {
        await visitor.Labelled("Prompt").FillAsync("as an oil painting");
        await visitor.Labelled("Who can see it").SelectOptionAsync("unlisted");
    }

    private static async Task Refused(Visitor visitor)
    {
        await Expect(visitor.Page.Locator("[data-slot] .error")).ToContainTextAsync("PNG");
        await Expect(visitor.Page.Locator(".given")).ToHaveCountAsync(0);
        await Expect(visitor.Labelled("Prompt")).ToHaveValueAsync("as an oil painting");
        await Expect(visitor.Labelled("Who can see it")).ToHaveValueAsync("unlisted");
    }

    private static async Task Fits(Visitor visitor, string what)
    {
        foreach (var width in new[] { 360, 1600, 1280 })
        {
            await visitor.Page.SetViewportSizeAsync(width, 900);
            Assert.Equal([], (await Layout.Faults(visitor.Page)).Select(fault => $"{what} at {width} {fault}"));
        }
    }

    private static async Task<LocatorBoundingBoxResult> Box(ILocator part) => (await part.BoundingBoxAsync())!;

    private static string Size(LocatorBoundingBoxResult box) => $"{Math.Round(box.Width)} × {Math.Round(box.Height)}";
}
