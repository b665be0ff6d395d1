using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class CodesAndAccess(Site site, Browser browser)
{
    [Fact]
    public async Task An_administrator_makes_a_code_and_a_creator_redeems_it()
    {
        await using var admin = await Administrator(site, "codes@example.org");
        await admin.Goto("/admin/codes");
        if (!await admin.Labelled("What they are for").IsVisibleAsync()) await admin.Page.GetByText("New batch", new() { Exact = true }).ClickAsync();
        await admin.Labelled("What they are for").FillAsync("the journey");
        await admin.Labelled("Credits of a use").FillAsync("25");
        await admin.Button("Make codes").ClickAsync();
        var code = (await admin.Labelled("Codes").InputValueAsync()).Trim();
        Assert.Matches("^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$", code);
        var look = new Look(admin);
        await look.At("codes that were just made");
        look.End();
        var file = await admin.Page.RunAndWaitForDownloadAsync(() => admin.Button("CSV").ClickAsync());
        Assert.Contains(code, await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await admin.Link("I saved them").ClickAsync();
        await Expect(admin.Labelled("Codes")).ToHaveCountAsync(0);

        await using var mara = await browser.Visitor(site);
        await mara.SignUp("redeeming@example.org", "plain words for codes");
        var before = await Balance(mara);
        await mara.Goto($"/redeem/{code}");
        await mara.Button("Redeem").ClickAsync();
        await Expect(mara.Page.GetByText("Your code was good for 25 credits.", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(before + 25, await Balance(mara));

        await mara.Goto("/redeem");
        await mara.Labelled("Code").FillAsync(code.ToLowerInvariant());
        await mara.Button("Redeem").ClickAsync();
        await Expect(mara.Page.GetByText("You have used this code already.")).ToBeVisibleAsync();
        await admin.Goto("/admin/codes");
        await Expect(admin.Page.GetByText("1 of 1 uses", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_asks_for_access_is_accepted_and_opens_an_account_by_the_letter()
    {
        await using var asking = new Site { Settings = new Dictionary<string, string> { ["Accounts__SignUp"] = "request" } };
        await asking.InitializeAsync();
        await using var ada = await browser.Visitor(asking);
        await ada.Goto("/sign-up");
        var look = new Look(ada);
        await look.At("the request for access");
        await ada.Labelled("Name").FillAsync("Ada");
        await ada.Labelled("Email").FillAsync("ada@example.org");
        await ada.Labelled("Your project").FillAsync("A machine that weaves patterns of algebra.");
        await ada.Button("Send request").ClickAsync();
        await Expect(ada.Heading("Thank you")).ToBeVisibleAsync();

        await using var admin = await Administrator(asking, "doors@example.org");
        await admin.Goto("/admin/access");
        await admin.Button("Accept Ada, ada@example.org").ClickAsync();
        await Expect(admin.Page.GetByText("Ada is invited: a letter is on its way to ada@example.org.")).ToBeVisibleAsync();

        await ada.Goto(await asking.MailedLink("ada@example.org", "/invite"));
        await Expect(ada.Labelled("Email")).ToHaveValueAsync("ada@example.org");
        await look.At("the invitation");
        look.End();
        await ada.Labelled("Password").FillAsync("a quiet river bends");
        await ada.Button("Create account").ClickAsync();
        await ada.Page.WaitForURLAsync("**/playground*");
        Assert.Equal(100, await Balance(ada));
    }

    private async Task<Visitor> Administrator(Site at, string email)
    {
        await at.Command("user", "add", email, "--password", "the keys of the house", "--admin");
        var admin = await browser.Visitor(at);
        await admin.Administer(email, "the keys of the house");
        return admin;
    }

    private static async Task<int> Balance(Visitor who)
    {
        await who.Goto("/credits");
        return int.Parse(await who.Page.Locator(".sums .main dd").InnerTextAsync(), System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
    }
}
