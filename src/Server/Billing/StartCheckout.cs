using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.Billing;

namespace Rpd.Server.Billing;

/// <summary>Opens Stripe's page for a pack, a plan or a card that is to be kept. Nothing is booked by it: only what Stripe says was paid is.</summary>
public sealed class StartCheckout(AppDb db, StripeApi stripe, StripeOptions options, CustomerOf customers, PlanPrices prices, CreditPackList packs, PublicAddress address)
{
    /// <summary>Stripe puts the session's id in the place of the braces.</summary>
    public const string Done = "/billing/done?session={CHECKOUT_SESSION_ID}";

    public async Task<Outcome<CheckoutView>> Pack(Guid account, string name, bool keepCard, CancellationToken cancel)
    {
        if (packs.Find(name) is not { } pack) return Refusal.NotFound("The pack");
        var customer = await customers.Run(account, cancel);
        if (customer.Declined) return customer.Refusal;
        var form = Form("payment", account, customer.Value)
            .Add("line_items[0][quantity]", 1).Add("line_items[0][price_data][currency]", options.Currency).Add("line_items[0][price_data][unit_amount]", pack.Cents)
            .Add("line_items[0][price_data][product_data][name]", string.Create(CultureInfo.InvariantCulture, $"{pack.Credits} credits"))
            .Add("invoice_creation[enabled]", true)
            .Add("payment_intent_data[setup_future_usage]", keepCard ? "off_session" : null)
            .Add($"payment_intent_data[metadata][{StripeApi.Account}]", account.ToString()).Add($"payment_intent_data[metadata][{StripeApi.Kind}]", Payment.Pack)
            .Add($"payment_intent_data[metadata][{StripeApi.What}]", pack.Name).Add($"payment_intent_data[metadata][{StripeApi.Credits}]", pack.Credits);
        return Answer(await stripe.CreateSession(WithTax(form), NewKey(), cancel));
    }

    public async Task<Outcome<CheckoutView>> Plan(Guid account, string plan, string interval, CancellationToken cancel)
    {
        if (prices.Of(plan, interval) is null) return Refusal.Invalid("plan", $"{plan} is not sold by the {interval} here.");
        if (await db.Subscriptions.AnyAsync(row => row.AccountId == account && Subscription.Living.Contains(row.Status), cancel))
            return Refusal.Conflict("This account has a plan already. Change it on the billing page.");
        var customer = await customers.Run(account, cancel);
        if (customer.Declined) return customer.Refusal;
        var price = await prices.AtStripe(plan, interval, cancel);
        if (price.Failed) return CustomerOf.Declined(price.Failure);
        // Two open pages could be paid twice. One that was paid meanwhile cannot be ended: then the plan is there in a moment.
        if (customer.Value.Checkout is { } open && await stripe.ExpireSession(open, cancel) is { Failed: true, Failure.Status: 0 or >= 500 } down) return CustomerOf.Declined(down.Failure);
        var form = Form("subscription", account, customer.Value).Add("line_items[0][quantity]", 1).Add("line_items[0][price]", price.Value.Id)
            .Add($"subscription_data[metadata][{StripeApi.Account}]", account.ToString());
        var session = await stripe.CreateSession(WithTax(form), NewKey(), cancel);
        if (!session.Failed) await db.BillingCustomers.Where(row => row.AccountId == account).ExecuteUpdateAsync(set => set.SetProperty(row => row.Checkout, session.Value.Id), cancel);
        return Answer(session);
    }

    /// <summary>Keeps a card for later and charges nothing.</summary>
    public async Task<Outcome<CheckoutView>> Card(Guid account, CancellationToken cancel)
    {
        var customer = await customers.Run(account, cancel);
        if (customer.Declined) return customer.Refusal;
        return Answer(await stripe.CreateSession(Form("setup", account, customer.Value).Add("currency", options.Currency), NewKey(), cancel));
    }

    private StripeForm Form(string mode, Guid account, BillingCustomer customer) => new StripeForm().Add("mode", mode).Add("customer", customer.StripeId)
        .Add("client_reference_id", account.ToString()).Add("success_url", address.Link(Done)).Add("cancel_url", address.Link("/billing"));

    private StripeForm WithTax(StripeForm form) => !options.AutomaticTax ? form
        : form.Add("automatic_tax[enabled]", true).Add("tax_id_collection[enabled]", true).Add("customer_update[address]", "auto").Add("customer_update[name]", "auto");

    private static string NewKey() => $"checkout:{Guid.NewGuid()}";

    private static Outcome<CheckoutView> Answer(StripeReply<StripeSession> reply) => reply.Failed ? CustomerOf.Declined(reply.Failure) : new CheckoutView(reply.Value.Url!, reply.Value.Id);
}
