using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using Rpd.Tests.Stripe;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>An installation that takes money: packs, plans and what becomes of them, with Stripe telling of it as it happens.</summary>
public sealed class Buying(Browser browser)
{
    [Fact]
    public async Task A_pack_and_a_plan_are_bought_changed_ended_and_looked_at_in_the_portal()
    {
        await using var stripe = await StripeServer.Start();
        await using var site = new Site
        {
            Settings = new Dictionary<string, string> { ["Stripe__SecretKey"] = StripeServer.SecretKey, ["Stripe__WebhookSecret"] = StripeServer.WebhookSecret, ["Stripe__Url"] = stripe.Url },
        };
        await site.InitializeAsync();
        await ApiClient.Of(site, "ada@example.org");
        await using var ada = await browser.Visitor(site);
        await ada.SignIn("ada@example.org", ApiClient.Password);

        // A pack: the credits are there when she comes back, though Stripe has told nobody yet; and once when it has.
        await ada.Goto("/billing");
        var look = new Look(ada);
        await look.At("billing, before");
        await ada.Button("Buy 500 credits").ClickAsync();
        await ada.Button("Pay").ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Your credits are here." })).ToBeVisibleAsync();
        await Expect(Fact(ada, "To spend")).ToHaveTextAsync("600");
        await Tell(stripe, site);
        await Expect(ada.Page.Locator("header").GetByText("600")).ToBeVisibleAsync();

        // A plan, a better one, its end, and not after all.
        await ada.Button("Creator for $9 a month").ClickAsync();
        await ada.Button("Pay").ClickAsync();
        await Expect(Fact(ada, "Plan")).ToHaveTextAsync("Creator");
        await Expect(Fact(ada, "To spend")).ToHaveTextAsync("800");
        await Tell(stripe, site);
        await ada.Button("Pro for $29 a month").ClickAsync();
        await Expect(ada.Heading("Change to Pro?")).ToBeVisibleAsync();
        await look.At("change of the plan");
        await ada.Button("Pay $10 and change").ClickAsync();
        await Expect(Fact(ada, "Plan")).ToHaveTextAsync("Pro");
        await Tell(stripe, site);
        await ada.Page.GetByText("Cancel the plan").ClickAsync();
        await ada.Button("Cancel at the end of the paid time").ClickAsync();
        await Expect(ada.Page.GetByText("and is not paid for again")).ToBeVisibleAsync();
        await ada.Button("Keep the plan").ClickAsync();
        await Expect(ada.Page.GetByText("It is paid for again on")).ToBeVisibleAsync();
        await look.At("billing");
        look.End();

        await ada.Button("Open at Stripe").ClickAsync();
        await Expect(ada.Heading("Your invoices")).ToBeVisibleAsync();
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Back" }).ClickAsync();
        await Expect(ada.Page.Locator("main table tbody tr")).ToHaveCountAsync(3);

        // The ledger has the allowances of two plans.
        await ada.Goto("/credits");
        await Expect(ada.Page.GetByText(new Regex("^Allowance of the plan"))).ToHaveCountAsync(2);
    }

    private static ILocator Fact(Visitor visitor, string name) => visitor.Page.Locator("main dl.sums div").Filter(new() { Has = visitor.Page.GetByText(name, new() { Exact = true }) }).Locator("dd");

    private static async Task Tell(StripeServer stripe, Site site)
    {
        using var http = new HttpClient();
        while (stripe.World.Events.TryDequeue(out var told))
        {
            var body = told.ToJsonString();
            using var request = new HttpRequestMessage(HttpMethod.Post, site.Address + "/v1/billing/stripe") { Content = new StringContent(body) };
            request.Headers.Add("Stripe-Signature", StripeWorld.Sign(body, DateTimeOffset.UtcNow));
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }
}
