using System.Text.Json.Nodes;

namespace Rpd.Tests.Stripe;

/// <summary>The part of Stripe's interface that is used, with its rules.</summary>
internal static class StripeEndpoints
{
    public static JsonObject Get(StripeWorld world, string path, JsonObject form) => path.Split('/')[2..] switch
    {
        ["checkout", "sessions", var id] => Plain(form, world.Find(id)),
        ["payment_intents", var id] => Known(form, ["expand.*"], world.Intent(id, Expands(form, "latest_charge"))),
        ["disputes"] => Known(form, ["payment_intent", "limit"], world.List("dispute", one => one.Text("payment_intent") == form.Text("payment_intent"))),
        ["invoices", var id] => Known(form, ["expand.*"], world.Invoice(id, Expands(form, "payments"))),
        ["invoice_payments"] => Known(form, ["payment.type", "payment.payment_intent"], world.InvoicePayments(form.Text("payment", "payment_intent")!)),
        ["subscriptions"] => Known(form, ["customer", "status", "limit", "expand.*"], world.Subscriptions(form.Text("customer")!, form.Text("status") == "all", Expands(form, "data.latest_invoice"))),
        ["prices"] => Known(form, ["lookup_keys.*", "active"], world.List("price", one => one.Text("lookup_key") == form.Text("lookup_keys", "0"))),
        ["customers", var id] => Plain(form, world.Find(id)),
        ["customers", var id, "payment_methods"] => Plain(form, world.List("payment_method", one => one.Text("customer") == id)),
        _ => throw new StripeRefusal(404, "url_invalid", $"Unrecognized request URL (GET: {path})."),
    };

    public static JsonObject Write(StripeWorld world, string method, string path, JsonObject form) => (method, path.Split('/')[2..]) switch
    {
        ("POST", ["customers"]) => Known(form, ["email", "name", "metadata.*"], () => world.Add("customer", "cus", form, new() { ["invoice_settings"] = new JsonObject { ["default_payment_method"] = null } })),
        ("POST", ["checkout", "sessions"]) => Known(form, Session, () => world.CreateSession(form)),
        ("POST", ["checkout", "sessions", var id, "expire"]) => Known(form, [], () => world.ExpireSession(id)),
        ("POST", ["billing_portal", "sessions"]) => Known(form, ["customer", "return_url"], () => world.CreatePortal(form)),
        ("POST", ["payment_intents"]) => Known(form, ["amount", "currency", "customer", "payment_method", "off_session", "confirm", "metadata.*", "expand.*"], () => world.ChargeOffSession(form)),
        ("POST", ["refunds"]) => Known(form, ["payment_intent", "amount"], () => world.Refund(form.Text("payment_intent")!, form.Number("amount")!.Value)),
        ("POST", ["prices"]) => Known(form, ["lookup_key", "transfer_lookup_key", "currency", "unit_amount", "recurring.interval", "product_data.name", "metadata.*"], () => world.CreatePrice(form)),
        ("POST", ["invoices", "create_preview"]) => Known(form, ["customer", "subscription", "subscription_details.items.0.id", "subscription_details.items.0.price", "subscription_details.proration_behavior"],
            () => world.Preview(form.Text("subscription")!, form.Text("subscription_details", "items", "0", "price")!)),
        ("POST", ["subscriptions", var id]) => Known(form, ["items.0.id", "items.0.price", "proration_behavior", "payment_behavior", "cancel_at_period_end"], () => world.ChangeSubscription(id, form)),
        ("DELETE", ["subscriptions", var id]) => Known(form, [], () => world.CancelNow(id)),
        _ => throw new StripeRefusal(404, "url_invalid", $"Unrecognized request URL ({method}: {path})."),
    };

    private static readonly string[] Session =
    [
        "mode", "customer", "client_reference_id", "success_url", "cancel_url", "currency", "line_items.0.quantity", "line_items.0.price", "line_items.0.price_data.currency", "line_items.0.price_data.unit_amount",
        "line_items.0.price_data.product_data.name", "invoice_creation.enabled", "payment_intent_data.setup_future_usage", "payment_intent_data.metadata.*", "subscription_data.metadata.*",
        "automatic_tax.enabled", "tax_id_collection.enabled", "customer_update.address", "customer_update.name",
    ];

    private static bool Expands(JsonObject form, string what) => (form["expand"] as JsonObject)?.Any(one => one.Value!.ToString() == what) == true;

    private static JsonObject Plain(JsonObject form, JsonObject answer) => Known(form, [], answer);

    private static JsonObject Known(JsonObject form, string[] known, JsonObject answer)
    {
        StripeForms.Check(form, known);
        return answer;
    }

    private static JsonObject Known(JsonObject form, string[] known, Func<JsonObject> write)
    {
        StripeForms.Check(form, known);
        return write();
    }
}
