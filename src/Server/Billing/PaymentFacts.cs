using System.Globalization;
using Rpd.Server.Billing.Stripe;

namespace Rpd.Server.Billing;

/// <summary>What Stripe says of a payment at present. Amounts are in the currency's smallest unit.</summary>
/// <param name="Own">Our own id of it, when it was us who began it.</param>
/// <param name="Credits">That it buys; 0 for a plan, whose allowance comes month by month.</param>
/// <param name="Disputed">What is away because its payer objects.</param>
public sealed record PaymentFacts(
    string Kind, string What, long Credits, Guid? Own, string? Intent, string? Invoice, string? Subscription, long Amount, string Currency, string Status, long Refunded, long Disputed, string? Failure, string? ReceiptUrl,
    string? InvoiceUrl, string? InvoicePdf, DateTimeOffset CreatedAt)
{
    /// <summary>Names it in the ledger.</summary>
    public string Key => "stripe:" + (Intent ?? Invoice);

    /// <summary>Of a payment that says itself what it is for; null for one that does not.</summary>
    public static PaymentFacts? Of(StripeIntent intent, long disputed, StripeInvoice? invoice)
    {
        if (intent.Metadata is not { } said || !said.TryGetValue(StripeApi.Kind, out var kind) || !said.TryGetValue(StripeApi.What, out var what)
            || !long.TryParse(said.GetValueOrDefault(StripeApi.Credits), NumberStyles.None, CultureInfo.InvariantCulture, out var credits)) return null;
        return new(kind, what, credits, Guid.TryParse(said.GetValueOrDefault(StripeApi.Payment), out var own) ? own : null, intent.Id, invoice?.Id, null, intent.Amount, intent.Currency, StatusOf(intent, kind),
            intent.LatestCharge?.AmountRefunded ?? 0, disputed, intent.LastPaymentError?.Message, intent.LatestCharge?.ReceiptUrl, invoice?.HostedInvoiceUrl, invoice?.InvoicePdf, At(intent.Created));
    }

    public static PaymentFacts Of(StripeInvoice invoice, string plan, StripeIntent? intent, long disputed) => new(
        Payment.OfPlan, plan, 0, null, intent?.Id, invoice.Id, invoice.Subscription, invoice.Status == "paid" ? invoice.AmountPaid : invoice.Total, invoice.Currency,
        invoice.Status switch { "paid" => Payment.Paid, "void" or "uncollectible" => Payment.Failed, _ => invoice.Attempted ? Payment.Failed : Payment.Pending },
        intent?.LatestCharge?.AmountRefunded ?? 0, disputed, intent?.LastPaymentError?.Message, intent?.LatestCharge?.ReceiptUrl, invoice.HostedInvoiceUrl, invoice.InvoicePdf, At(invoice.Created));

    public static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static string StatusOf(StripeIntent intent, string kind) => intent.Status switch
    {
        "succeeded" => Payment.Paid,
        "canceled" => Payment.Failed,
        "requires_payment_method" when intent.LastPaymentError is not null => Payment.Failed,
        // Nobody is there to do what the bank asks for.
        "requires_action" when kind == Payment.TopUp => Payment.Failed,
        _ => Payment.Pending,
    };
}
