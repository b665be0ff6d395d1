using Microsoft.Playwright;
using Rpd.E2E.Support;

namespace Rpd.E2E;

/// <summary>axe-core finds nothing on any page, in light and in dark.</summary>
public sealed class Accessibility(Site site, Browser browser)
{
    [Theory, InlineData(ColorScheme.Light, 1280), InlineData(ColorScheme.Dark, 360)]
    public async Task Nothing_is_wrong_with_what_a_stranger_sees(ColorScheme theme, int width)
    {
        var things = await Things.Make(site, $"axe-{theme}@example.org".ToLowerInvariant());
        await using var stranger = await browser.Visitor(site, width: width, theme: theme);
        Assert.Empty(await Faults(stranger, Addresses.Public(things), theme));
    }

    [Theory, InlineData(ColorScheme.Dark, 1280), InlineData(ColorScheme.Light, 360)]
    public async Task Nothing_is_wrong_with_what_somebody_signed_in_sees(ColorScheme theme, int width)
    {
        var things = await Things.Make(site, $"axe-in-{theme}@example.org".ToLowerInvariant());
        await using var owner = await browser.Visitor(site, width: width, theme: theme);
        await owner.SignIn(things.Email, ApiClient.Password);
        Assert.Empty(await Faults(owner, Addresses.Own(things), theme));
    }

    private static async Task<IReadOnlyList<string>> Faults(Visitor visitor, IReadOnlyList<string> addresses, ColorScheme theme)
    {
        var faults = new List<string>();
        foreach (var address in addresses)
        {
            await visitor.Goto(address);
            Assert.Equal(1, await visitor.Page.Locator("h1").CountAsync());
            faults.AddRange((await Axe.Faults(visitor.Page)).Select(fault => $"{theme} {address} {fault}"));
        }
        return faults;
    }
}
