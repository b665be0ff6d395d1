using Microsoft.EntityFrameworkCore;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.Billing.Stripe;
using Rpd.Shared;

namespace Rpd.Server.Billing;

/// <summary>Who an account is at Stripe, made there when it is asked for first. Two that ask at once make one: Stripe knows the write by its key.</summary>
public sealed class CustomerOf(AppDb db, StripeApi stripe, TimeProvider time)
{
    public async Task<Outcome<BillingCustomer>> Run(Guid account, CancellationToken cancel)
    {
        if (await Find(account, cancel) is { } known) return known;
        var person = await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel);
        var made = await stripe.CreateCustomer(account, OpenExternalAccount.HasNoMailbox(person.Email!) ? "" : person.Email!, person.DisplayName, cancel);
        if (made.Failed) return Declined(made.Failure);
        await db.Database.ExecuteSqlAsync($"insert into billing_customers (account_id, stripe_id, created_at) values ({account}, {made.Value.Id}, {time.GetUtcNow()}) on conflict do nothing", cancel);
        return (await Find(account, cancel))!;
    }

    public Task<BillingCustomer?> Find(Guid account, CancellationToken cancel) => db.BillingCustomers.AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == account, cancel);

    /// <summary>What people are told when Stripe says no. What it says of a card is meant for them; the rest is for the log.</summary>
    public static Refusal Declined(StripeFailure failure) => failure.OfCard
        ? new("PAYMENT_FAILED", 402, failure.Message) : new("PROVIDER_UNAVAILABLE", 503, "The payment service does not answer as it should. Nothing was charged; try again in a moment.");
}
