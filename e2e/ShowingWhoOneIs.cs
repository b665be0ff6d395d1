using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class ShowingWhoOneIs(Site site, Browser browser)
{
    private const string Password = "a few plain words";

    [Fact]
    public async Task Two_factor_is_set_up_asked_for_and_survives_a_lost_phone()
    {
        await using var ida = await browser.Visitor(site);
        await ida.SignUp("ida@who.example.org", Password);
        var (secret, codes) = await TurnOn(ida);
        await SignOut(ida);

        await Enter(ida, "ida@who.example.org");
        await Expect(ida.Heading("Enter your code")).ToBeVisibleAsync();
        await Expect(ida.Labelled("Code")).ToBeFocusedAsync();
        await ida.Labelled("Code").FillAsync("000000");
        await ida.Button("Sign in").ClickAsync();
        await Expect(ida.Labelled("Code")).ToHaveAttributeAsync("aria-invalid", "true");
        // The next one: that of now has turned two-factor on.
        await ida.Labelled("Code").FillAsync(Authenticator.Code(secret, 1));
        await ida.Button("Sign in").ClickAsync();
        await ida.Page.WaitForURLAsync("**/playground*");

        await SignOut(ida);
        await Enter(ida, "ida@who.example.org");
        await ida.Page.GetByText("Your phone is not at hand?").ClickAsync();
        await ida.Labelled("Recovery code").FillAsync(codes[0]);
        await ida.Button("Use the recovery code").ClickAsync();
        await ida.Page.WaitForURLAsync("**/playground*");
        await ida.Goto("/settings/security");
        await Expect(ida.Page.GetByText("9 of 10 left")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_javascript_one_signs_in_with_a_code()
    {
        await using var kim = await browser.Visitor(site, javaScript: false);
        await kim.SignUp("kim@who.example.org", Password);
        var (secret, _) = await TurnOn(kim);
        await SignOut(kim);
        await kim.Goto("/sign-in?returnUrl=%2Fkeys");
        await Expect(kim.Button("Sign in with a passkey")).ToHaveCountAsync(0);
        await kim.Labelled("Email").FillAsync("kim@who.example.org");
        await kim.Labelled("Password").FillAsync(Password);
        await kim.Button("Sign in").ClickAsync();
        await kim.Labelled("Code").FillAsync(Authenticator.Code(secret, 1));
        await kim.Button("Sign in").ClickAsync();
        await Expect(kim.Heading("API keys")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_signs_in_and_is_removed()
    {
        // In a browser of its own: while one page asks for a passkey, another of the same browser may get no dialog for a file, and the other way round.
        await using var chromium = new Browser();
        await chromium.InitializeAsync();
        await using var uma = await chromium.Visitor(site);
        var device = await uma.Page.Context.NewCDPSessionAsync(uma.Page);
        await device.SendAsync("WebAuthn.enable");
        await uma.SignUp("uma@who.example.org", Password);
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await uma.Goto("/settings/security");
        await uma.Labelled("Name of the new passkey").FillAsync("Test stick");
        await uma.Button("Add a passkey").ClickAsync();
        await Expect(uma.Page.Locator("main li").GetByText("Test stick", new() { Exact = true })).ToBeVisibleAsync();

        // Offered at the email field: this device takes its only one without asking.
        await SignOut(uma);
        await uma.Page.GotoAsync("/sign-in");
        await uma.Page.WaitForURLAsync("**/playground*");

        // By its button, where a browser offers nothing.
        await SignOut(uma);
        await uma.Page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        await uma.Goto("/sign-in");
        await uma.Button("Sign in with a passkey").ClickAsync();
        await uma.Page.WaitForURLAsync("**/playground*");

        await uma.Goto("/settings/security");
        await Expect(uma.Page.GetByText("never used")).ToHaveCountAsync(0);
        await uma.Page.Locator("main li summary").ClickAsync();
        await Expect(uma.Page.GetByText("This is your last passkey")).ToBeVisibleAsync();
        await uma.Button("Remove Test stick").ClickAsync();
        await Expect(uma.Page.GetByText("No passkeys yet.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_letter()
    {
        await using var joe = await browser.Visitor(site);
        await joe.SignUp("joe@who.example.org", Password);
        await SignOut(joe);
        await joe.Goto("/sign-in");
        await joe.Link("Forgot password?").ClickAsync();
        await Expect(joe.Heading("Forgot your password?")).ToBeVisibleAsync();
        await joe.Labelled("Email").FillAsync("joe@who.example.org");
        await joe.Button("Send the link").ClickAsync();
        await Expect(joe.Heading("Check your mail")).ToBeVisibleAsync();
        await joe.Goto(await site.MailedLink("joe@who.example.org", "/reset-password"));
        await joe.Labelled("New password").FillAsync("other plain words");
        await joe.Button("Show password").ClickAsync();
        await Expect(joe.Labelled("New password")).ToHaveAttributeAsync("type", "text");
        await joe.Button("Save password").ClickAsync();
        await Expect(joe.Heading("Password changed")).ToBeVisibleAsync();
        await joe.SignIn("joe@who.example.org", "other plain words");
    }

    [Fact]
    public async Task What_was_typed_when_the_session_ended_is_back_after_signing_in_for_its_owner_alone()
    {
        await using (var bob = await browser.Visitor(site)) await bob.SignUp("bob@who.example.org", Password);
        await using var amy = await browser.Visitor(site);
        await amy.SignUp("amy@who.example.org", Password);
        await Lose(amy, "A heron\nin the reeds");
        await Expect(amy.Page.GetByText("with what you had typed")).ToBeVisibleAsync();
        await FillIn(amy, "amy@who.example.org");
        await Expect(amy.Labelled("Prompt")).ToHaveValueAsync("A heron\nin the reeds");
        await Expect(amy.Labelled("Who can see it")).ToHaveValueAsync("unlisted");

        // Somebody else at the same browser sees nothing of it, and it is gone then.
        await Lose(amy, "A private thought");
        await FillIn(amy, "bob@who.example.org");
        await Expect(amy.Labelled("Prompt")).ToHaveValueAsync("");
        await amy.Page.WaitForFunctionAsync("() => !Object.keys(sessionStorage).some(key => key.startsWith('draft '))");

        // So it is with every form.
        await amy.Goto("/templates/new");
        await amy.Labelled("Title").FillAsync("Quiet water");
        await amy.Labelled("Prompt").FillAsync("A {bird} in the reeds");
        await amy.Page.Context.ClearCookiesAsync();
        await amy.Button("Save").ClickAsync();
        await Expect(amy.Page.GetByText("with what you had typed")).ToBeVisibleAsync();
        await FillIn(amy, "bob@who.example.org", "/templates/new");
        await Expect(amy.Labelled("Title")).ToHaveValueAsync("Quiet water");
        await Expect(amy.Labelled("Prompt")).ToHaveValueAsync("A {bird} in the reeds");
    }

    private static async Task Lose(Visitor visitor, string prompt)
    {
        await visitor.Labelled("Prompt").FillAsync(prompt);
        await visitor.Labelled("Who can see it").SelectOptionAsync("unlisted");
        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.Button("Generate").ClickAsync();
        await Expect(visitor.Page.GetByText("Your session has ended. Sign in again and you are back")).ToBeVisibleAsync();
    }

    private static async Task Enter(Visitor visitor, string email)
    {
        await visitor.Goto("/sign-in");
        await visitor.Labelled("Email").FillAsync(email);
        await visitor.Labelled("Password").FillAsync(Password);
        await visitor.Button("Sign in").ClickAsync();
    }

    private static async Task FillIn(Visitor visitor, string email, string returns = "/playground")
    {
        await visitor.Labelled("Email").FillAsync(email);
        await visitor.Labelled("Password").FillAsync(Password);
        await visitor.Button("Sign in").ClickAsync();
        await visitor.Page.WaitForURLAsync($"**{returns}*");
    }

    private static async Task SignOut(Visitor visitor)
    {
        await visitor.Goto("/settings");
        await visitor.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
    }

    private static async Task<(byte[] Secret, string[] Codes)> TurnOn(Visitor visitor)
    {
        var secret = await visitor.TurnTwoFactorOn();
        var codes = (await visitor.Page.Locator("#recovery-codes").InnerTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, codes.Length);
        var file = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Button("Download").ClickAsync());
        Assert.Contains(codes[9], await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await visitor.Link("I saved them").ClickAsync();
        await Expect(visitor.Page.GetByText("10 of 10 left")).ToBeVisibleAsync();
        return (secret, codes);
    }
}
