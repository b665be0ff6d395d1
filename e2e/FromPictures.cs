using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed partial class FromPictures(Site site, Browser browser)
{
    [Fact]
    public async Task A_picture_is_chosen_pasted_and_dropped_restyled_varied_and_made_larger()
    {
        await using var ida = await browser.Visitor(site);
        await ida.SignUp("ida@pictures.example.org", "plain words for ida");
        var picture = await ida.Page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = 320, Height = 240 } });
        await ida.Goto("/playground?type=image2image");
        var place = ida.Page.GetByRole(AriaRole.Group, new() { Name = "Picture", Exact = true });

        await place.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "chosen.png", MimeType = "image/png", Buffer = picture });
        await Expect(place.GetByText("chosen.png", new() { Exact = true })).ToBeVisibleAsync();
        await ida.Button("Remove chosen.png").ClickAsync();
        await Expect(place.Locator("input[type=file]")).ToBeFocusedAsync();

        await Give(ida, "paste", "pasted.png", picture);
        await Expect(place.GetByText("pasted.png", new() { Exact = true })).ToBeVisibleAsync();
        await Give(ida, "drop", "dropped.png", picture);
        await Expect(place.GetByText("dropped.png", new() { Exact = true })).ToBeVisibleAsync();

        // Bytes that are not what their name says are refused beside their place, and the words stay.
        await ida.Labelled("Prompt").FillAsync("as an oil painting");
        await Give(ida, "drop", "liar.png", "no picture at all"u8.ToArray());
        await Expect(place.Locator(".error")).ToBeVisibleAsync();
        await Expect(ida.Labelled("Prompt")).ToHaveValueAsync("as an oil painting");
        await Give(ida, "paste", "pasted.png", picture);
        await Expect(place.GetByText("pasted.png", new() { Exact = true })).ToBeVisibleAsync();

        // Another type takes the file along.
        var type = ida.Page.Locator(".picker").First;
        await type.Locator("summary").ClickAsync();
        await type.GetByRole(AriaRole.Link, new() { Name = "Effect" }).ClickAsync();
        await Expect(type.Locator("summary b")).ToHaveTextAsync("Effect");
        await Expect(ida.Page.Locator(".given").GetByText("pasted.png", new() { Exact = true })).ToBeVisibleAsync();
        await type.Locator("summary").ClickAsync();
        await type.GetByRole(AriaRole.Link, new() { Name = "Image to image" }).ClickAsync();
        await Expect(type.Locator("summary b")).ToHaveTextAsync("Image to image");

        await ida.Button("Generate").ClickAsync();
        var card = ida.Page.Locator("#recent article").First;
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });

        await card.HoverAsync();
        await card.Locator("summary").ClickAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = "Vary" }).ClickAsync();
        await ida.Page.WaitForURLAsync("**/playground?vary=*");
        await Expect(ida.Labelled("Prompt")).ToHaveValueAsync("as an oil painting");
        await Expect(ida.Page.Locator(".given").GetByText("pasted.png", new() { Exact = true })).ToBeVisibleAsync();

        await card.HoverAsync();
        await card.Locator("summary").ClickAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = "Upscale" }).ClickAsync();
        await ida.Page.WaitForURLAsync("**/playground?type=upscale*");
        await Expect(ida.Page.Locator(".given img")).ToBeVisibleAsync();
        await ida.Button("Generate").ClickAsync();
        await Expect(ida.Page.Locator("#recent article")).ToHaveCountAsync(2);
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });
        await card.Locator(".about a").ClickAsync();
        await Expect(ida.Page.Locator("main .stage img")).ToHaveAttributeAsync("width", "640");
    }

    [Fact]
    public async Task Something_made_here_is_picked_from_the_library()
    {
        await using var uwe = await browser.Visitor(site);
        await uwe.SignUp("uwe@pictures.example.org", "plain words for uwe");
        await uwe.Labelled("Prompt").FillAsync("A quiet harbour");
        await uwe.Button("Generate").ClickAsync();
        await Expect(uwe.Page.Locator("#recent article")).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });
        await uwe.Goto("/playground?type=image2video");
        await uwe.Link("Your library").ClickAsync();
        await uwe.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "A quiet harbour" }).ClickAsync();
        await Expect(uwe.Page.Locator(".given").GetByText("A quiet harbour", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(uwe.Page.Locator("[name=parentId]")).ToHaveValueAsync(Id());
    }

    [Fact]
    public async Task A_picture_is_extended_from_its_card_and_the_way_of_a_film_is_gone_again_over_another()
    {
        await ApiClient.Of(site, "max@pictures.example.org");
        await using var max = await browser.Visitor(site);
        await max.SignIn("max@pictures.example.org", ApiClient.Password);
        await max.Labelled("Prompt").FillAsync("A quiet harbour");
        await max.Button("Generate").ClickAsync();
        var card = max.Page.Locator("#recent article").First;
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });
        await card.HoverAsync();
        await card.Locator("summary").ClickAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = "Extend" }).ClickAsync();
        await max.Page.WaitForURLAsync("**/playground?type=extend*");
        await Expect(max.Page.Locator(".given img")).ToBeVisibleAsync();
        await max.Button("Generate").ClickAsync();
        await Expect(max.Page.Locator("#recent article")).ToHaveCountAsync(2);
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });

        // Two places: one without its file is refused beside it, and the other keeps what it has.
        await max.Goto("/playground?type=motion_transfer");
        var (picture, film) = (max.Page.GetByRole(AriaRole.Group, new() { Name = "Picture", Exact = true }), max.Page.GetByRole(AriaRole.Group, new() { Name = "Video", Exact = true }));
        await film.Locator("input[type=file]").SetInputFilesAsync(await Pictures.Film());
        await Expect(film.GetByText("film.mp4", new() { Exact = true })).ToBeVisibleAsync();
        await max.Button("Generate").ClickAsync();
        await Expect(picture.Locator(".error")).ToBeVisibleAsync();
        await Expect(film.GetByText("film.mp4", new() { Exact = true })).ToBeVisibleAsync();
        await picture.GetByRole(AriaRole.Link, new() { Name = "Your library" }).ClickAsync();
        await max.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "A quiet harbour" }).Last.ClickAsync();
        await Expect(picture.GetByText("A quiet harbour", new() { Exact = true })).ToBeVisibleAsync();
        await max.Button("Generate").ClickAsync();
        await Expect(max.Page.Locator("#recent article")).ToHaveCountAsync(3);
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 60_000 });
        await card.Locator(".about a").ClickAsync();
        await Expect(max.Page.Locator("main .stage video")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_javascript_a_picture_is_sent_with_the_form_and_comes_back_restyled()
    {
        await using var eli = await browser.Visitor(site, javaScript: false);
        await eli.SignUp("eli@pictures.example.org", "plain words for eli");
        var picture = await eli.Page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = 320, Height = 240 } });
        await eli.Goto("/playground?type=image2image&prompt=as+a+sketch");
        await eli.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "mine.png", MimeType = "image/png", Buffer = picture });
        await eli.Button("Enhance").ClickAsync();
        // The file came along, and stays while the prompt is looked at.
        await Expect(eli.Page.Locator(".given").GetByText("mine.png", new() { Exact = true })).ToBeVisibleAsync();
        await eli.Button("Generate").ClickAsync();
        await eli.Page.WaitForURLAsync("**/library/*");
        await eli.ReloadUntil(eli.Page.Locator("main img"));
        await Expect(eli.Page.Locator("main img").First).ToBeVisibleAsync();
        await Expect(eli.Link("Upscale")).ToHaveAttributeAsync("href", ToUpscale());
    }

    private static Task Give(Visitor visitor, string how, string name, byte[] bytes) => visitor.Page.Locator("[data-slot]").EvaluateAsync("""
        (place, { how, name, text }) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], name, { type: "image/png" }));
          const about = { bubbles: true, cancelable: true };
          if (how === "paste") document.body.dispatchEvent(new ClipboardEvent("paste", { ...about, clipboardData: data }));
          else for (const kind of ["dragover", "drop"]) place.dispatchEvent(new DragEvent(kind, { ...about, dataTransfer: data }));
        }
        """, new { how, name, text = Convert.ToBase64String(bytes) });

    [GeneratedRegex("^[0-9a-f-]{36}$")]
    private static partial Regex Id();

    [GeneratedRegex("type=upscale")]
    private static partial Regex ToUpscale();
}
