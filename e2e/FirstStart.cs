using Rpd.E2E.Support;

namespace Rpd.E2E;

/// <summary>An installation that nobody has used yet: it has a server of its own, because others make administrators at the shared one.</summary>
public sealed class FirstStart(Browser browser)
{
    [Fact]
    public async Task The_first_starts_link_makes_one_administrator_and_no_second()
    {
        await using var site = new Site();
        await site.InitializeAsync();
        Assert.NotEmpty(site.FirstAdminLink);
        await using var root = await browser.Visitor(site);
        await root.Goto(site.FirstAdminLink);
        var look = new Look(root);
        await look.At("the first administrator");
        look.End();
        await root.Labelled("Email").FillAsync("root@example.org");
        await root.Labelled("Password").FillAsync("the keys of the house");
        await root.Page.Locator("main form button[type=submit]").ClickAsync();
        await root.Page.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));

        await using var other = await browser.Visitor(site);
        var answer = await other.Page.GotoAsync(site.FirstAdminLink);
        Assert.Equal(404, answer!.Status);
    }
}
