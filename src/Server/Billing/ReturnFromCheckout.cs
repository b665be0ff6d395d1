using Microsoft.EntityFrameworkCore;
using Rpd.Server.Billing.Stripe;

namespace Rpd.Server.Billing;

/// <summary>
/// Somebody comes back from Stripe's page. Its event may come in a moment, or never on a machine that Stripe cannot reach: what it says is looked up at once, as the event
/// would have it looked up. Whoever names somebody else's page learns nothing and changes nothing.
/// </summary>
public sealed class ReturnFromCheckout(AppDb db, StripeApi stripe, CustomerOf customers, ReadPayment payments, ReadSubscriptions subscriptions)
{
    /// <returns>What has come of it, in words; null when the page is none of this account's, or not done.</returns>
    /// <exception cref="StripeException">Stripe does not answer.</exception>
    public async Task<string?> Run(Guid account, string session, CancellationToken cancel)
    {
        if (!session.StartsWith("cs_", StringComparison.Ordinal) || session.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_')) return null;
        if (await customers.Find(account, cancel) is not { } customer) return null;
        var found = await stripe.Session(session, cancel);
        if (found is { Failed: true, Failure.Missing: true }) return null;
        var page = found.OrThrow();
        if (page.Customer != customer.StripeId || page.Status != "complete") return null;
        if (page.Subscription is not null)
        {
            await Looks.Patiently(() => subscriptions.Run(customer.StripeId, cancel), cancel);
            return "Thank you. Your plan begins as soon as its payment is there; its credits come with it.";
        }
        if (page.PaymentIntent is not { } intent) return "The card is kept.";
        await Looks.Patiently(() => payments.Intent(intent, customer.StripeId, cancel), cancel);
        return await db.Payments.AnyAsync(row => row.PaymentIntent == intent && row.Status == Payment.Paid, cancel)
            ? "Thank you. Your credits are here." : "Thank you. The payment is on its way; the credits come with it.";
    }
}
