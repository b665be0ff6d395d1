using System.Globalization;

namespace Rpd.Server.Billing.Stripe;

/// <summary>What is asked of Stripe. Each write takes the key that says which write it is.</summary>
public sealed class StripeApi(StripeHttp http)
{
    /// <summary>Says on Stripe's objects whose they are and what they are for. Nothing personal is told.</summary>
    public const string Account = "rpd_account", Kind = "rpd_kind", What = "rpd_what", Credits = "rpd_credits", Payment = "rpd_payment", Plan = "rpd_plan", Interval = "rpd_interval";

    public Task<StripeReply<StripeId>> CreateCustomer(Guid account, string email, string name, CancellationToken cancel) =>
        http.Post<StripeId>("/v1/customers", new StripeForm().Add("email", email).Add("name", name).Add($"metadata[{Account}]", account.ToString()), $"customer:{account}", cancel);

    public Task<StripeReply<StripeSession>> CreateSession(StripeForm form, string key, CancellationToken cancel) => http.Post<StripeSession>("/v1/checkout/sessions", form, key, cancel);

    public Task<StripeReply<StripeSession>> Session(string id, CancellationToken cancel) => http.Get<StripeSession>($"/v1/checkout/sessions/{id}", null, cancel);

    public Task<StripeReply<StripeId>> ExpireSession(string id, CancellationToken cancel) => http.Post<StripeId>($"/v1/checkout/sessions/{id}/expire", new(), $"expire:{id}", cancel);

    public Task<StripeReply<StripePage>> CreatePortal(string customer, string back, CancellationToken cancel) =>
        http.Post<StripePage>("/v1/billing_portal/sessions", new StripeForm().Add("customer", customer).Add("return_url", back), $"portal:{Guid.NewGuid()}", cancel);

    public Task<StripeReply<StripeIntent>> Intent(string id, CancellationToken cancel) => http.Get<StripeIntent>($"/v1/payment_intents/{id}", new StripeForm().Add("expand[]", "latest_charge"), cancel);

    public Task<StripeReply<StripeIntent>> CreateIntent(StripeForm form, string key, CancellationToken cancel) =>
        http.Post<StripeIntent>("/v1/payment_intents", form.Add("expand[]", "latest_charge"), key, cancel);

    public Task<StripeReply<StripeList<StripeDispute>>> Disputes(string intent, CancellationToken cancel) =>
        http.Get<StripeList<StripeDispute>>("/v1/disputes", new StripeForm().Add("payment_intent", intent).Add("limit", 100), cancel);

    /// <param name="total">What will have been refunded in all: refunding to the same sum again is the same refund.</param>
    public Task<StripeReply<StripeId>> Refund(string intent, long amount, long total, CancellationToken cancel) => http.Post<StripeId>(
        "/v1/refunds", new StripeForm().Add("payment_intent", intent).Add("amount", amount), string.Create(CultureInfo.InvariantCulture, $"refund:{intent}:{total}"), cancel);

    public Task<StripeReply<StripeInvoice>> Invoice(string id, CancellationToken cancel) => http.Get<StripeInvoice>($"/v1/invoices/{id}", new StripeForm().Add("expand[]", "payments"), cancel);

    /// <summary>Which invoice a payment is for.</summary>
    public Task<StripeReply<StripeList<StripeInvoicePayment>>> InvoicesOf(string intent, CancellationToken cancel) => http.Get<StripeList<StripeInvoicePayment>>(
        "/v1/invoice_payments", new StripeForm().Add("payment[type]", "payment_intent").Add("payment[payment_intent]", intent), cancel);

    /// <summary>All of a customer, the newest first; an account has few.</summary>
    public Task<StripeReply<StripeList<StripeSubscription>>> Subscriptions(string customer, CancellationToken cancel) => http.Get<StripeList<StripeSubscription>>(
        "/v1/subscriptions", new StripeForm().Add("customer", customer).Add("status", "all").Add("limit", 100).Add("expand[]", "data.latest_invoice"), cancel);

    public Task<StripeReply<StripeId>> ChangeSubscription(string id, StripeForm form, string key, CancellationToken cancel) => http.Post<StripeId>($"/v1/subscriptions/{id}", form, key, cancel);

    public Task<StripeReply<StripeId>> CancelSubscription(string id, CancellationToken cancel) => http.Delete<StripeId>($"/v1/subscriptions/{id}", new(), $"cancel:{id}", cancel);

    public Task<StripeReply<StripePreview>> Preview(StripeForm form, CancellationToken cancel) => http.Post<StripePreview>("/v1/invoices/create_preview", form, $"preview:{Guid.NewGuid()}", cancel);

    public Task<StripeReply<StripeList<StripeId>>> Prices(string lookupKey, CancellationToken cancel) =>
        http.Get<StripeList<StripeId>>("/v1/prices", new StripeForm().Add("lookup_keys[]", lookupKey).Add("active", true), cancel);

    public Task<StripeReply<StripeId>> CreatePrice(StripeForm form, string key, CancellationToken cancel) => http.Post<StripeId>("/v1/prices", form, key, cancel);

    public Task<StripeReply<StripeCustomer>> Customer(string id, CancellationToken cancel) => http.Get<StripeCustomer>($"/v1/customers/{id}", null, cancel);

    /// <summary>Cards and the like that can be charged without their holder being there; the newest first.</summary>
    public Task<StripeReply<StripeList<StripeMethod>>> Methods(string customer, CancellationToken cancel) => http.Get<StripeList<StripeMethod>>($"/v1/customers/{customer}/payment_methods", null, cancel);
}
