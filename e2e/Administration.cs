using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>What administrators do for, and against, somebody.</summary>
public sealed class Administration(Site site, Browser browser)
{
    private const string Author = "author@administration.example.org", Root = "root@administration.example.org";

    [Fact]
    public async Task An_administrator_gives_credits_back_hides_a_reported_work_and_suspends_its_author()
    {
        var author = await ApiClient.Of(site, Author);
        var reader = await ApiClient.Of(site, "reader@administration.example.org");
        await ApiClient.Of(site, Root, admin: true);
        var work = await author.Publish("A quarrel in a harbour");
        await reader.Post($"/v1/explore/{work}/report", """{"reason":"hate","details":"Look at the sign."}""");
        var before = (await author.Get("/v1/credits/balance")).GetProperty("balance").GetInt64();
        await using var root = await browser.Visitor(site);

        // A password alone opens nothing.
        await root.SignIn(Root, ApiClient.Password);
        await root.Goto("/admin");
        await Expect(root.Heading("A second factor is needed")).ToBeVisibleAsync();
        await root.TurnTwoFactorOn();
        await root.Goto("/admin");
        await Expect(root.Heading("Overview")).ToBeVisibleAsync();

        // Credits back.
        await root.Link("Generations").ClickAsync();
        await root.Labelled("Id").FillAsync(work);
        await root.Button("Show").ClickAsync();
        await Do(root, "refund", "Give credits back", "Give credits back", "The sign cannot be read");
        await Expect(root.Page.GetByText("1 credit is back.")).ToBeVisibleAsync();
        Assert.Equal(before + 1, (await author.Get("/v1/credits/balance")).GetProperty("balance").GetInt64());

        // The reported work, beside what other journeys report: nothing of it is shown until asked, then it is hidden.
        await root.Link("Reports").ClickAsync();
        var reported = root.Page.Locator($"li:has(form[action$='/{work}/hide'])");
        await Expect(reported.Locator("img.reported")).ToBeHiddenAsync();
        await reported.Locator("summary", new() { HasText = "Show the work" }).ClickAsync();
        await Expect(reported.Locator("img.reported")).ToBeVisibleAsync();
        await Do(root, $"{work}/hide", "Hide", "Hide the work", "Hateful words on the sign");
        await Expect(root.Page.GetByText("The work is hidden, and its author is told.")).ToBeVisibleAsync();

        await using var owner = await browser.Visitor(site);
        await owner.SignIn(Author, ApiClient.Password);
        await owner.Goto($"/library/{work}");
        await Expect(owner.Page.GetByText("Hateful words on the sign")).ToBeVisibleAsync();
        await owner.Labelled("Why it should be seen").FillAsync("It is a quotation.");
        await owner.Button("Appeal").ClickAsync();
        await Expect(owner.Page.GetByText("Your appeal waits for the moderators.")).ToBeVisibleAsync();

        // Its author.
        await root.Link("Reports").ClickAsync();
        await Expect(root.Page.GetByText("It is a quotation.")).ToBeVisibleAsync();
        await root.Link("Users").ClickAsync();
        await root.Labelled("Search").FillAsync(Author);
        await root.Button("Show").ClickAsync();
        await root.Link("@" + author.Handle).ClickAsync();
        await Do(root, "suspend", "Suspend", "Suspend the account", "Hateful words");
        await Expect(root.Page.GetByText("The account is suspended.")).ToBeVisibleAsync();

        await owner.Goto("/library");
        await owner.Labelled("Email").FillAsync(Author);
        await owner.Labelled("Password").FillAsync(ApiClient.Password);
        await owner.Button("Sign in").ClickAsync();
        await Expect(owner.Page.GetByText("This account is suspended.")).ToBeVisibleAsync();
        await root.Link("Audit").ClickAsync();
        foreach (var action in new[] { "generation.refund", "work.hide", "account.suspend" })
            await Expect(root.Page.GetByText(action).First).ToBeVisibleAsync();

        // A new proof of the ledger comes to who looks at the last one.
        await root.Link("Ledger").ClickAsync();
        await Expect(root.Page.GetByText("Sound: every proof holds.")).ToBeVisibleAsync();
        var proved = root.Page.Locator("#proof-frame time");
        var at = await proved.GetAttributeAsync("datetime");
        var other = await root.Page.Context.NewPageAsync();
        await other.GotoAsync(site.Address + "/admin/ledger");
        await other.GetByRole(AriaRole.Button, new() { Name = "Prove it now" }).ClickAsync();
        await Expect(proved).Not.ToHaveAttributeAsync("datetime", at!);
        // But not under somebody who copies from it: longer than it waits between two looks.
        await root.Page.GetByText("Sound: every proof holds.").SelectTextAsync();
        at = await proved.GetAttributeAsync("datetime");
        // Proofs are told apart by the second.
        await root.Page.WaitForTimeoutAsync(1000);
        await other.GetByRole(AriaRole.Button, new() { Name = "Prove it now" }).ClickAsync();
        await Expect(other.Locator("#proof-frame time")).Not.ToHaveAttributeAsync("datetime", at!);
        await root.Page.WaitForTimeoutAsync(4000);
        await Expect(proved).ToHaveAttributeAsync("datetime", at!);
    }

    /// <summary>Opens one of a page's closed forms, says why, and sends it.</summary>
    private static async Task Do(Visitor visitor, string form, string title, string button, string reason)
    {
        var box = visitor.Page.Locator($"details:has(form[action$='/{form}'])");
        await box.Locator("summary", new() { HasText = title }).ClickAsync();
        await box.GetByLabel("Reason", new() { Exact = true }).FillAsync(reason);
        await box.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }
}
