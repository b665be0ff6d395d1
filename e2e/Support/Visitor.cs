using Microsoft.Playwright;
using Rpd.E2E.Support;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Rpd.E2E.Support;

/// <summary>Chromium, started once.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        // What is expected may take as long as anything else that is waited for: two servers and a browser share few processors.
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A person with a browser of their own: no cookies, nothing cached.</summary>
    public async Task<Visitor> Visitor(Site site, bool javaScript = true, int width = 1280, ColorScheme theme = ColorScheme.Light)
    {
        var context = await chromium!.NewContextAsync(new() { BaseURL = site.Address, JavaScriptEnabled = javaScript, ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = theme });
        context.SetDefaultTimeout(20_000);
        return new(context, await context.NewPageAsync(), site, javaScript);
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>One browser window. Whatever the page complains about (scripts, policy) fails the journey at its end.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly Site site;
    private readonly bool javaScript;

    public Visitor(IBrowserContext context, IPage page, Site site, bool javaScript)
    {
        (this.context, Page, this.site, this.javaScript) = (context, page, site, javaScript);
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            // A refused form is an answer of 4xx, and Chromium reports each as an error; a live connection that is lost, too.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && !message.Text.StartsWith("WebSocket connection to", StringComparison.Ordinal)) complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public async Task Goto(string path)
    {
        await Page.GotoAsync(path);
        await Lively();
    }

    /// <summary>A page's scripts come after its first paint: until then it behaves as without them.</summary>
    public async Task Lively()
    {
        if (javaScript) await Page.WaitForFunctionAsync("() => window.Turbo || !document.querySelector('script[data-app]')");
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Labelled(string label) => Page.GetByLabel(label, new() { Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    /// <summary>Opens an account through the pages and the letter, and signs in.</summary>
    public async Task SignUp(string email, string password)
    {
        await Goto("/sign-up");
        await Labelled("Email").FillAsync(email);
        await Labelled("Password").FillAsync(password);
        await Button("Create account").ClickAsync();
        // The first one of a run finds a server that has just started.
        await Assertions.Expect(Heading("Check your mail")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Goto(await site.MailedLink(email, "/confirm"));
        await Assertions.Expect(Heading("Address confirmed")).ToBeVisibleAsync();
        await SignIn(email, password);
    }

    public async Task SignIn(string email, string password)
    {
        await Goto("/sign-in");
        await Labelled("Email").FillAsync(email);
        await Labelled("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
        await Page.WaitForURLAsync("**/playground*");
        await Lively();
    }

    /// <summary>Sets up an authenticator app. Its recovery codes are on the page afterwards.</summary>
    /// <returns>The secret that the app has.</returns>
    public async Task<byte[]> TurnTwoFactorOn()
    {
        await Goto("/settings/security");
        await Button("Set up two-factor").ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Img, new() { Name = "QR code for your authenticator app" })).ToBeVisibleAsync();
        var secret = Authenticator.Secret(await Page.Locator("#two-factor-key").InnerTextAsync());
        await Labelled("Code").FillAsync(Authenticator.Code(secret));
        await Button("Turn two-factor on").ClickAsync();
        await Assertions.Expect(Heading("Save your recovery codes")).ToBeVisibleAsync();
        return secret;
    }

    /// <summary>Signs in as an administrator, whose pages want a second factor.</summary>
    public async Task Administer(string email, string password)
    {
        await SignIn(email, password);
        await TurnTwoFactorOn();
    }

    /// <summary>Leaves a secret that is shown once, for the page without it.</summary>
    public async Task Saved()
    {
        await Link("I saved it").ClickAsync();
        await Assertions.Expect(Link("I saved it")).ToHaveCountAsync(0);
    }

    /// <summary>As people without scripts do who wait for something.</summary>
    public async Task ReloadUntil(ILocator there)
    {
        for (var end = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < end && await there.CountAsync() == 0;) await Page.ReloadAsync();
    }

    /// <summary>Presses Tab until what has the focus says <paramref name="name"/>.</summary>
    /// <param name="of">What it says it by: its text, or another property.</param>
    public async Task Tab(string tag, string name, bool back = false, string of = "textContent")
    {
        for (var n = 0; n < 80; n++)
        {
            await Page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
            if (await Focused("localName") == tag && (await Focused(of)).Contains(name, StringComparison.Ordinal)) return;
        }
        Assert.Fail($"Tab does not lead to {name}.");
    }

    public async Task<string> Focused(string what) => (await Page.EvaluateAsync<string?>($"() => document.activeElement?.{what}"))?.Trim() ?? "";

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.True(complaints.Count == 0, string.Join("\n", complaints));
    }
}
