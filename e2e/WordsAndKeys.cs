using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class WordsAndKeys(Site site, Browser browser)
{
    [Fact]
    public async Task A_prompt_is_enhanced_taken_kept_on_reload_and_begun_from_a_template()
    {
        await using var ivo = await browser.Visitor(site);
        await ivo.SignUp("ivo@example.org", "plain words for ivo");
        var prompt = ivo.Labelled("Prompt");
        await prompt.FillAsync("a red fox in the snow");
        await ivo.Button("Enhance").ClickAsync();
        await Expect(ivo.Page.Locator("#enhanced ins").First).ToBeVisibleAsync();
        await ivo.Button("Keep mine").ClickAsync();
        await Expect(prompt).ToHaveValueAsync("a red fox in the snow");
        await ivo.Button("Enhance").ClickAsync();
        var better = await ivo.Page.Locator("#enhanced [data-text]").GetAttributeAsync("data-text");
        await ivo.Button("Use it").ClickAsync();
        await Expect(prompt).ToHaveValueAsync(better!);
        await Expect(ivo.Page.Locator("#enhanced > *")).ToHaveCountAsync(0);

        // Not sent yet, and not lost.
        await ivo.Goto("/library");
        await ivo.Goto("/playground");
        await Expect(prompt).ToHaveValueAsync(better!);

        // On a slow line they come when somebody stands in the field already: the first letter begins anew.
        var arrived = await Held(ivo.Page, "**/composer-*.js");
        await ivo.Goto("/playground");
        await Expect(prompt).ToHaveValueAsync("");
        await prompt.FocusAsync();
        arrived.SetResult();
        await Expect(prompt).ToHaveValueAsync(better!);
        await ivo.Page.Keyboard.TypeAsync("A hill");
        await Expect(prompt).ToHaveValueAsync("A hill");

        var listens = await Held(ivo.Page, "**/template-*.js");
        await ivo.Page.Locator(".template-menu summary").ClickAsync();
        await ivo.Page.Locator("#template-list").GetByRole(AriaRole.Link, new() { Name = "Landscape at an hour of the day" }).ClickAsync();
        // What is typed before the script that listens is there is heard all the same.
        await ivo.Labelled("Place").FillAsync("A salt flat");
        await Expect(prompt).Not.ToHaveValueAsync(new Regex("^A salt flat"));
        listens.SetResult();
        await Expect(prompt).ToHaveValueAsync("A salt flat at dawn, wide view, layered distance, thin mist over the water");
        // Words of their own are not written over, unless asked.
        await prompt.FillAsync("A salt flat, my own words");
        await ivo.Labelled("Hour").FillAsync("noon");
        await Expect(prompt).ToHaveValueAsync("A salt flat, my own words");
        await ivo.Button("Fill in").ClickAsync();
        await Expect(prompt).ToHaveValueAsync("A salt flat at noon, wide view, layered distance, thin mist over the water");
        await ivo.Button("Generate").ClickAsync();
        await Expect(ivo.Page.Locator("#recent article")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Everything_goes_by_keyboard_alone()
    {
        await using var kay = await browser.Visitor(site);
        await kay.SignUp("kay@example.org", "plain words for kay");
        var keys = kay.Page.Keyboard;
        await kay.Goto("/playground");
        await Expect(kay.Button("Keyboard shortcuts")).ToBeVisibleAsync();

        await keys.PressAsync("?");
        await Expect(kay.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(kay.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await keys.PressAsync("/");
        await Expect(kay.Labelled("Prompt")).ToBeFocusedAsync();
        await kay.Labelled("Prompt").BlurAsync();
        // Until the next frame a dialog that has closed still has the focus: a key that comes so soon counts as well.
        await keys.PressAsync("?");
        Assert.Equal("f-prompt", await kay.Page.EvaluateAsync<string>("() => { document.querySelector('dialog:modal').close(); document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true })); return document.activeElement.id; }"));
        // In a field the same keys are letters.
        await keys.TypeAsync("why? this/that");
        await Expect(kay.Labelled("Prompt")).ToHaveValueAsync("why? this/that");

        // Backwards to the pickers: another model's type, found with the arrows.
        await kay.Tab("summary", "Make", back: true);
        await keys.PressAsync("Enter");
        for (var n = 0; n < 15 && !(await kay.Focused("textContent")).StartsWith("Audio", StringComparison.Ordinal); n++) await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(kay.Labelled("Words to speak or play")).ToHaveValueAsync("why? this/that");

        await keys.PressAsync("/");
        await Expect(kay.Labelled("Words to speak or play")).ToBeFocusedAsync();
        await keys.PressAsync("Control+Enter");
        await Expect(kay.Page.Locator("#recent article")).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });
        // And on to the result: its menu opens and leads on.
        await kay.Tab("summary", "What to do with", of: "ariaLabel");
        await keys.PressAsync("Enter");
        await Expect(kay.Page.Locator("#recent .card-tool").GetByRole(AriaRole.Link, new() { Name = "Run again" })).ToBeVisibleAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await kay.Page.WaitForURLAsync("**/playground?from=*");
        await Expect(kay.Labelled("Words to speak or play")).ToHaveValueAsync("why? this/that");
    }

    /// <summary>What matches comes when the result is set, not before.</summary>
    private static async Task<TaskCompletionSource> Held(IPage page, string address)
    {
        var free = new TaskCompletionSource();
        await page.RouteAsync(address, async route =>
        {
            await free.Task;
            await route.ContinueAsync();
        });
        return free;
    }
}
