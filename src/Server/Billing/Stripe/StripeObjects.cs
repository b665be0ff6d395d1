using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rpd.Server.Billing.Stripe;

// Of each object what is used here. Field names are Stripe's: docs.stripe.com/api, version StripeHttp.Version. Amounts are in the currency's smallest unit.

public sealed record StripeList<T>(IReadOnlyList<T> Data);

public sealed record StripeId(string Id);

public sealed record StripePage(string Id, string Url);

public sealed record StripeSession(string Id, string Mode, string? Status, string? Url, string? Customer, string? PaymentIntent, string? Subscription);

public sealed record StripeIntent(
    string Id, string Status, long Amount, string Currency, string? Customer, long Created, IReadOnlyDictionary<string, string>? Metadata, StripeCharge? LatestCharge, StripePaymentError? LastPaymentError);

public sealed record StripePaymentError(string? Code, string? Message);

public sealed record StripeCharge(string Id, long AmountRefunded, bool Disputed, string? ReceiptUrl);

public sealed record StripeDispute(string Id, long Amount, string Status)
{
    /// <summary>Whether the money is away. An inquiry takes none, and one that was won gives it back.</summary>
    public bool Takes => Status is not ("won" or "prevented") && !Status.StartsWith("warning_", StringComparison.Ordinal);
}

public sealed record StripeInvoice(
    string Id, string? Status, string? Customer, long Total, long AmountPaid, string Currency, long Created, bool Attempted, string? HostedInvoiceUrl, string? InvoicePdf, StripeInvoiceParent? Parent,
    StripeList<StripeInvoicePayment>? Payments, StripeInvoiceTimes? StatusTransitions)
{
    /// <summary>Set for invoices of plans.</summary>
    public string? Subscription => Parent?.SubscriptionDetails?.Subscription;

    public string? Intent => Payments?.Data.Select(payment => payment.Payment.PaymentIntent).FirstOrDefault(intent => intent is not null);
}

public sealed record StripeInvoiceTimes(long? PaidAt);

public sealed record StripeInvoiceParent(StripeInvoiceSubscription? SubscriptionDetails);

public sealed record StripeInvoiceSubscription(string? Subscription);

public sealed record StripeInvoicePayment(string? Invoice, StripePaymentOf Payment);

public sealed record StripePaymentOf(string? PaymentIntent);

public sealed record StripeSubscription(
    string Id, string Customer, string Status, long Created, long StartDate, bool CancelAtPeriodEnd, long? CancelAt, StripeList<StripeItem> Items, StripeInvoice? LatestInvoice);

public sealed record StripeItem(string Id, long CurrentPeriodEnd, StripePrice Price);

public sealed record StripePrice(string Id, long? UnitAmount, string Currency, IReadOnlyDictionary<string, string>? Metadata);

public sealed record StripePreview(long AmountDue, string Currency);

public sealed record StripeCustomer(string Id, StripeInvoiceSettings? InvoiceSettings);

public sealed record StripeInvoiceSettings(string? DefaultPaymentMethod);

public sealed record StripeMethod(string Id, string Type, StripeCard? Card);

public sealed record StripeCard(string Brand, [property: JsonPropertyName("last4")] string Last4);

/// <summary>What Stripe tells. Of the object only the names are believed: its present state is asked for.</summary>
public sealed record StripeEventBody(string Id, string Type, long Created, bool Livemode, StripeEventData Data);

public sealed record StripeEventData(JsonElement Object);
