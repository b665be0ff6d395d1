using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>What <see cref="EveryPage"/> says of pages as they come holds as well for what is opened, refused, or shown once.</summary>
public sealed class EveryState(Site site, Browser browser)
{
    [Theory, InlineData(ColorScheme.Light, 360), InlineData(ColorScheme.Dark, 1600)]
    public async Task Nothing_is_wrong_with_what_comes_of_doing_something(ColorScheme theme, int width)
    {
        var email = $"state.{theme}@example.org".ToLowerInvariant();
        var owner = await ApiClient.Of(site, email);
        var work = (await owner.Post("/v1/generations", $$"""{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A fox","visibility":"public","webhookUrl":"{{site.Address}}/health"}""")).GetProperty("id").GetString()!;
        await owner.Finished(work);
        await using var ann = await browser.Visitor(site, width: width, theme: theme);
        var look = new Look(ann);

        await ann.Goto("/sign-up");
        await ann.Labelled("Email").FillAsync("no address");
        await ann.Labelled("Password").FillAsync("short");
        await ann.Page.Locator("main form").First.EvaluateAsync("form => { form.noValidate = true; form.requestSubmit(); }");
        await Expect(ann.Labelled("Email")).ToHaveAttributeAsync("aria-invalid", "true");
        await look.At("a refused sign-up");
        await ann.SignIn(email, ApiClient.Password);

        await Playground(ann, look);
        await Library(ann, look, work);
        await Chat(ann, look);
        await Secrets(ann, look);
        await Letters(ann, look, owner);
        await TwoFactor(ann, look, email);
        await Leaving(ann, look, email, owner.Handle);

        look.End();
        Assert.All(Addresses.Reached, route => Assert.Contains(look.Seen, path => Regex.IsMatch(path, "^" + Regex.Replace(route, "{[^}]+}", "[^/]+") + "$")));
    }

    private static async Task Playground(Visitor ann, Look look)
    {
        await Expect(ann.Page.Locator("[data-shortcuts-target=open]:not([hidden])")).ToHaveCountAsync(1);
        await ann.Page.Keyboard.PressAsync("?");
        await Expect(ann.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await look.At("the list of keys");
        await ann.Page.Keyboard.PressAsync("Escape");
        await Open(ann.Page.Locator(".top details.menu"), look, "the account's menu");
        await Open(ann.Page.Locator(".picker").First, look, "the types");
        await Open(ann.Page.Locator(".picker").Last, look, "the models");
        await Open(ann.Page.Locator(".template-menu"), look, "the templates to begin from", ann.Page.Locator("#template-list a:nth-child(2)"));
        // A price is dimmed while it is looked up.
        await ann.Page.RunAndWaitForResponseAsync(() => ann.Labelled("Prompt").FillAsync("a fox"), "**/playground/price*");
        await ann.Button("Enhance").ClickAsync();
        await Expect(ann.Button("Use it")).ToBeVisibleAsync();
        await look.At("an enhanced prompt");
        await ann.Labelled("Prompt").FillAsync("");
        await ann.Button("Generate").ClickAsync();
        await Expect(ann.Labelled("Prompt")).ToHaveAttributeAsync("aria-invalid", "true");
        await look.At("a refused run");

        await ann.Goto("/playground?type=image2image");
        await ann.Link("Your library").ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "A fox" })).ToBeVisibleAsync();
        await look.At("the library's dialog");
    }

    private static async Task Library(Visitor ann, Look look, string work)
    {
        await ann.Goto("/library");
        await Open(ann.Page.Locator("article .card-tool").First, look, "a card's menu", ann.Link("Run again"));
        await ann.Page.Locator("input[name=ids]").First.CheckAsync();
        foreach (var wish in new[] { "Publish", "Collect" })
            await Open(ann.Page.Locator(".bulk details").Filter(new() { Has = ann.Page.Locator("summary", new() { HasText = wish }) }), look, $"what is selected: {wish}");

        await ann.Goto($"/library/{work}");
        foreach (var fold in await ann.Page.Locator("main details.fold").AllAsync()) await fold.EvaluateAsync("fold => { fold.open = true; }");
        await look.At("a run with everything unfolded");
        await ann.Button("Delete this for good…").ClickAsync();
        await Expect(ann.Heading("Delete this one for good?")).ToBeVisibleAsync();
        await look.At("asked before deleting");

        await ann.Goto($"/works/{work}");
        await ann.Link("Collect").ClickAsync();
        await Expect(ann.Labelled("New collection")).ToBeVisibleAsync();
        await ann.Link("Report this work").ClickAsync();
        await ann.Button("Send report").ClickAsync();
        await Expect(ann.Labelled("What is wrong")).ToHaveAttributeAsync("aria-invalid", "true");
        await look.At("a work with its forms");
        await ann.Page.Locator(".stage figure a").ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await look.At("a work in full size");
    }

    private static async Task Chat(Visitor ann, Look look)
    {
        await ann.Goto("/chat");
        await ann.Labelled("Message").FillAsync("How do I use webhooks?\n\nAnd what is 3 * 14?");
        await ann.Button("Send").ClickAsync();
        await Expect(ann.Page.Locator(".answer .turn-foot")).ToBeVisibleAsync();
        await ann.Page.GetByText("Instructions").ClickAsync();
        await look.At("a conversation");
        // The browser takes a blank for words.
        await ann.Labelled("Message").FillAsync(" ");
        await ann.Button("Send").ClickAsync();
        await Expect(ann.Page.Locator("#chat-errors")).ToContainTextAsync("Write something first.");
        await look.At("a refused question");
    }

    private static async Task Secrets(Visitor ann, Look look)
    {
        await ann.Goto("/keys");
        await ann.Page.GetByText("New key", new() { Exact = true }).ClickAsync();
        // The browser takes a blank for a name.
        await ann.Page.Locator("#f-name").FillAsync(" ");
        await ann.Button("Create key").ClickAsync();
        await Expect(ann.Page.Locator("#f-name")).ToHaveAttributeAsync("aria-invalid", "true");
        await look.At("a refused key");
        await ann.Page.Locator("#f-name").FillAsync("laptop");
        await ann.Button("Create key").ClickAsync();
        await Expect(ann.Labelled("Secret")).ToBeVisibleAsync();
        await look.At("a new key's secret");
        await ann.Saved();
        await ann.Page.GetByText("Rotate or revoke", new() { Exact = true }).Last.ClickAsync();
        await look.At("a key's folds");

        await ann.Goto("/tokens");
        await ann.Labelled("Name").FillAsync("notebook");
        await ann.Button("Create token").ClickAsync();
        await Expect(ann.Labelled("Token")).ToBeVisibleAsync();
        await look.At("a new token");

        await ann.Goto("/webhooks");
        await ann.Labelled("Address").FillAsync("http://10.1.2.3/hook");
        await ann.Button("Create webhook").ClickAsync();
        await Expect(ann.Labelled("Address")).ToHaveAttributeAsync("aria-invalid", "true");
        await look.At("a refused webhook");
        await ann.Labelled("Address").FillAsync("http://127.0.0.1:9/a-rather-long-address-of-some-receiver/that-wants-every-event-of-the-account");
        await ann.Button("Create webhook").ClickAsync();
        await Expect(ann.Labelled("Secret")).ToBeVisibleAsync();
        await look.At("a new webhook's secret");

        await ann.Goto("/webhooks/requests");
        await ann.ReloadUntil(ann.Page.GetByText("Details"));
        await ann.Page.GetByText("Details").First.ClickAsync();
        await ann.Page.WaitForURLAsync("**/webhooks/requests/*");
        await look.At("a delivery of a single request");
    }

    private async Task Letters(Visitor ann, Look look, ApiClient owner)
    {
        await ann.Goto("/settings/notifications");
        await ann.Page.GetByLabel("Somebody follows you, by email").CheckAsync();
        await ann.Button("Save").ClickAsync();
        await Expect(ann.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await look.At("something saved");
        var fan = await ApiClient.Of(site, $"fan.of.{owner.Handle}@example.org");
        await fan.Post($"/v1/social/follow/@{owner.Handle}", "{}");
        await ann.Goto(await site.MailedLink($"{owner.Handle.Replace('_', '.')}@example.org", "/unsubscribe"));
        await Expect(ann.Heading("No more letters?")).ToBeVisibleAsync();
        await look.At("the link of a letter");
        await ann.Button("Stop these letters").ClickAsync();
        await Expect(ann.Heading("No more of these")).ToBeVisibleAsync();
        await look.At("no more letters");
    }

    private static async Task TwoFactor(Visitor ann, Look look, string email)
    {
        await ann.Goto("/settings/security");
        await ann.Button("Set up two-factor").ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Img, new() { Name = "QR code for your authenticator app" })).ToBeVisibleAsync();
        var secret = Authenticator.Secret(await ann.Page.Locator("#two-factor-key").InnerTextAsync());
        await ann.Labelled("Code").FillAsync("000000");
        await ann.Button("Turn two-factor on").ClickAsync();
        await Expect(ann.Labelled("Code")).ToHaveAttributeAsync("aria-invalid", "true");
        // The refused form stands at another address than the page: back to it.
        await ann.Goto("/settings/security/two-factor");
        await look.At("a secret as a picture");
        await ann.Labelled("Code").FillAsync(Authenticator.Code(secret));
        await ann.Button("Turn two-factor on").ClickAsync();
        await Expect(ann.Heading("Save your recovery codes")).ToBeVisibleAsync();
        await look.At("recovery codes");
        await ann.Link("I saved them").ClickAsync();
        await Expect(ann.Page.GetByText("10 of 10 left")).ToBeVisibleAsync();
        foreach (var fold in await ann.Page.Locator("main details.fold").AllAsync()) await fold.EvaluateAsync("fold => { fold.open = true; }");
        await look.At("two-factor is on");

        await ann.Page.Context.ClearCookiesAsync();
        await ann.Goto("/sign-in");
        await ann.Labelled("Email").FillAsync(email);
        await ann.Labelled("Password").FillAsync(ApiClient.Password);
        await ann.Button("Sign in").ClickAsync();
        await ann.Page.GetByText("Your phone is not at hand?").ClickAsync();
        await look.At("asked for a code");
        await ann.Labelled("Code").FillAsync(Authenticator.Code(secret, 1));
        await ann.Button("Sign in").ClickAsync();
        await ann.Page.WaitForURLAsync("**/playground*");
    }

    private async Task Leaving(Visitor ann, Look look, string email, string handle)
    {
        await ann.Goto("/settings/data");
        await ann.Page.GetByLabel($"Type your handle, {handle}").FillAsync(handle);
        await ann.Page.Locator("#f-leave-password").FillAsync("not this one");
        await ann.Button("Delete my account").ClickAsync();
        await Expect(ann.Page.Locator("#f-leave-password")).ToHaveAttributeAsync("aria-invalid", "true");
        await look.At("leaving refused");
        await ann.Page.Locator("#f-leave-password").FillAsync(ApiClient.Password);
        await ann.Button("Delete my account").ClickAsync();
        await Expect(ann.Heading("You are signed out")).ToBeVisibleAsync();
        await ann.Goto(await site.MailedLink(email, "/leaving"));
        await Expect(ann.Button("Keep my account")).ToBeVisibleAsync();
        await look.At("the way back");
    }

    private static async Task Open(ILocator menu, Look look, string name, ILocator? shown = null)
    {
        await menu.Locator("summary").ClickAsync();
        await Expect((shown ?? menu.Locator(".menu-list")).First).ToBeVisibleAsync();
        await look.At(name);
        await menu.EvaluateAsync("menu => { menu.open = false; }");
    }
}
