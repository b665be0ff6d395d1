using Microsoft.EntityFrameworkCore;
using Rpd.Server.Billing.Stripe;
using Rpd.Shared;
using Rpd.Shared.Billing;

namespace Rpd.Server.Billing;

/// <summary>
/// Another plan instead of the present one, from now on: what is left of the paid time is set against the new price, and the difference is paid at once. When it cannot
/// be paid nothing changes. And the end of a plan with its paid time, or not after all.
/// </summary>
public sealed class ChangePlan(AppDb db, StripeApi stripe, PlanPrices prices, ReadSubscriptions read)
{
    /// <summary>What is to be paid now for the change; less than nothing is kept for the next invoice.</summary>
    public async Task<Outcome<PlanChangeView>> Preview(Guid account, string plan, string interval, CancellationToken cancel)
    {
        var change = await Find(account, plan, interval, cancel);
        if (change.Declined) return change.Refusal;
        var (subscription, customer, item, price) = change.Value;
        var preview = await stripe.Preview(new StripeForm().Add("customer", customer).Add("subscription", subscription.Id).Add("subscription_details[items][0][id]", item)
            .Add("subscription_details[items][0][price]", price).Add("subscription_details[proration_behavior]", "always_invoice"), cancel);
        return preview.Failed ? CustomerOf.Declined(preview.Failure) : new PlanChangeView(plan, interval, prices.Of(plan, interval)!.Value, preview.Value.AmountDue, preview.Value.Currency);
    }

    public async Task<Refusal?> Run(Guid account, string plan, string interval, CancellationToken cancel)
    {
        var change = await Find(account, plan, interval, cancel);
        if (change.Declined) return change.Refusal;
        var (subscription, customer, item, price) = change.Value;
        return await Write(subscription.Id, customer, new StripeForm().Add("items[0][id]", item).Add("items[0][price]", price).Add("proration_behavior", "always_invoice")
            .Add("payment_behavior", "error_if_incomplete").Add("cancel_at_period_end", false), cancel);
    }

    /// <param name="ends">With the time that is paid; or that it goes on.</param>
    public async Task<Refusal?> End(Guid account, bool ends, CancellationToken cancel) => await Living(account, cancel) is var (subscription, customer)
        ? await Write(subscription.Id, customer, new StripeForm().Add("cancel_at_period_end", ends), cancel) : NoPlan;

    private static Refusal NoPlan => Refusal.Conflict("This account pays for no plan.");

    private async Task<Refusal?> Write(string subscription, string customer, StripeForm form, CancellationToken cancel)
    {
        var changed = await stripe.ChangeSubscription(subscription, form, $"change:{Guid.NewGuid()}", cancel);
        if (changed.Failed) return CustomerOf.Declined(changed.Failure);
        // The event comes as well; whoever waits for the page sees it now.
        try
        {
            await Looks.Patiently(() => read.Run(customer, cancel), cancel);
        }
        catch (StripeException)
        {
            // It is changed all the same, and logged: the event brings the rest.
            return null;
        }
        return null;
    }

    private async Task<Outcome<(Subscription Subscription, string Customer, string Item, string Price)>> Find(Guid account, string plan, string interval, CancellationToken cancel)
    {
        if (prices.Of(plan, interval) is null) return Refusal.Invalid("plan", $"{plan} is not sold by the {interval} here.");
        if (await Living(account, cancel) is not var (subscription, customer)) return NoPlan;
        if (subscription.Plan == plan && subscription.Interval == interval) return Refusal.Conflict("That is the plan you have.");
        var found = await stripe.Subscriptions(customer, cancel);
        if (found.Failed) return CustomerOf.Declined(found.Failure);
        if (found.Value.Data.FirstOrDefault(one => one.Id == subscription.Id) is not { Items.Data: [var item, ..] }) return NoPlan;
        var price = await prices.AtStripe(plan, interval, cancel);
        return price.Failed ? CustomerOf.Declined(price.Failure) : (subscription, customer, item.Id, price.Value.Id);
    }

    private async Task<(Subscription, string)?> Living(Guid account, CancellationToken cancel)
    {
        var row = await (from one in db.Subscriptions.AsNoTracking()
                         join customer in db.BillingCustomers on one.AccountId equals customer.AccountId
                         where one.AccountId == account && Subscription.Living.Contains(one.Status)
                         select new { one, customer.StripeId }).SingleOrDefaultAsync(cancel);
        return row is null ? null : (row.one, row.StripeId);
    }
}
