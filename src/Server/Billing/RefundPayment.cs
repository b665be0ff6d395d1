using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Server.Billing.Stripe;
using Rpd.Shared;
using Rpd.Shared.Billing;

namespace Rpd.Server.Billing;

/// <summary>An administrator sends money back. Stripe is asked first, because it may refuse; the credits follow as they follow every refund.</summary>
public sealed class RefundPayment(AppDb db, StripeApi stripe, ReadPayment read, RecordAudit audit)
{
    /// <param name="amount">In the currency's smallest unit; null for all that is left.</param>
    public async Task<Outcome<PaymentView>> Run(Actor by, Guid id, long? amount, string reason, CancellationToken cancel)
    {
        if (await db.Payments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } payment) return Refusal.NotFound("The payment");
        if (payment is not { Status: Payment.Paid, PaymentIntent: { } intent }) return Refusal.Conflict("Nothing was paid that could go back.");
        var left = payment.Amount - payment.Refunded;
        if (left <= 0) return Refusal.Conflict("It was refunded already.");
        if (amount is <= 0 || amount > left) return Refusal.Invalid("amount", "The amount must be more than nothing and no more than what is left.");
        var back = amount ?? left;
        var refunded = await stripe.Refund(intent, back, payment.Refunded + back, cancel);
        if (refunded.Failed) return Refusal.Conflict($"Stripe refused: {refunded.Failure.Message}");
        await audit.Add(by, "billing.refund", payment.Id.ToString(), Json(payment.Refunded, null), Json(payment.Refunded + back, reason), cancel);
        await db.SaveChangesAsync(cancel);
        var customer = await db.BillingCustomers.AsNoTracking().SingleAsync(row => row.AccountId == payment.AccountId, cancel);
        await Looks.Patiently(() => read.Intent(intent, customer.StripeId, cancel), cancel);
        return BillingQueries.View(await db.Payments.AsNoTracking().SingleAsync(row => row.Id == id, cancel));
    }

    private static string Json(long refunded, string? reason) => JsonSerializer.Serialize(new { refunded, reason });
}
