using Microsoft.Playwright;
using Rpd.E2E.Support;

namespace Rpd.E2E;

/// <summary>On any page axe-core finds nothing, in light and in dark, and nothing is wider than a phone or lost on a large screen.</summary>
public sealed class EveryPage(Site site, Browser browser)
{
    // One set of things for all who look at it: the methods of a class run one after the other.
    private static Things? made;

    [Theory, InlineData(ColorScheme.Light, 1600), InlineData(ColorScheme.Dark, 360)]
    public async Task Nothing_is_wrong_with_what_a_stranger_sees(ColorScheme theme, int width)
    {
        made ??= await Things.Make(site, "every@page.example.org");
        await using var stranger = await browser.Visitor(site, width: width, theme: theme);
        await Walk(stranger, Addresses.Public(made));
    }

    [Theory, InlineData(ColorScheme.Dark, 1600), InlineData(ColorScheme.Light, 360)]
    public async Task Nothing_is_wrong_with_what_somebody_signed_in_sees(ColorScheme theme, int width)
    {
        made ??= await Things.Make(site, "every@page.example.org");
        await using var owner = await browser.Visitor(site, width: width, theme: theme);
        await owner.SignIn(made.Email, ApiClient.Password);
        await Walk(owner, Addresses.Own(made));
    }

    [Theory, InlineData(ColorScheme.Light, 1600), InlineData(ColorScheme.Dark, 360)]
    public async Task Nothing_is_wrong_with_what_an_administrator_sees(ColorScheme theme, int width)
    {
        var email = $"admin.{width}@page.example.org";
        var admin = await ApiClient.Of(site, email, admin: true);
        // So that the audit has a line.
        await admin.Patch("/v1/admin/models/kling-3.0", """{"alternatives":["kling-2.6"]}""");
        await admin.Patch("/v1/admin/models/kling-3.0", """{"alternatives":null}""");
        await using var visitor = await browser.Visitor(site, width: width, theme: theme);
        await visitor.Administer(email, ApiClient.Password);
        await Walk(visitor, Addresses.Admin);
    }

    private static async Task Walk(Visitor visitor, IReadOnlyList<string> addresses)
    {
        var look = new Look(visitor);
        foreach (var address in addresses)
        {
            await visitor.Goto(address);
            // Somewhere else, and this page would have been looked at by its name only.
            Assert.Equal(address.Split('?')[0], new Uri(visitor.Page.Url).AbsolutePath);
            await look.At(address);
        }
        look.End();
    }
}
