using System.Text.Json.Nodes;

namespace Rpd.Tests.Stripe;

/// <summary>What the interface is asked to do.</summary>
public sealed partial class StripeWorld
{
    internal JsonObject CreateSession(JsonObject form)
    {
        lock (gate)
        {
            Find(form.Text("customer") ?? throw new StripeRefusal(400, "parameter_missing", "customer"));
            var mode = form.Text("mode");
            if (mode == "subscription") Find(form.Text("line_items", "0", "price") ?? throw new StripeRefusal(400, "parameter_missing", "line_items[0][price]"));
            if (mode == "payment" && form.Number("line_items", "0", "price_data", "unit_amount") is not > 0) throw new StripeRefusal(400, "parameter_missing", "line_items[0][price_data][unit_amount]");
            if (mode == "setup" && (form.ContainsKey("line_items") || form.Text("currency") is null)) throw new StripeRefusal(400, "parameter_invalid", "A setup has a currency and no items.");
            if (mode == "subscription" && form.ContainsKey("payment_intent_data")) throw new StripeRefusal(400, "parameter_invalid", "You can not pass `payment_intent_data` in `subscription` mode.");
            var made = Add("checkout.session", "cs_test", form, new() { ["status"] = "open", ["payment_status"] = "unpaid", ["payment_intent"] = null, ["subscription"] = null });
            var id = made.Text("id")!;
            Change(id, one => (one["url"], one["amount_total"]) = ($"{Url}/pay/{id}", form.Number("line_items", "0", "price_data", "unit_amount")));
            return Find(id);
        }
    }

    internal JsonObject ExpireSession(string id)
    {
        lock (gate)
        {
            if (Find(id).Text("status") != "open") throw new StripeRefusal(400, "session_closed", "Only Checkout Sessions with a status in [\"open\"] can be expired.");
            Change(id, one => one["status"] = "expired");
            Tell("checkout.session.expired", id);
            return Find(id);
        }
    }

    internal JsonObject CreatePortal(JsonObject form)
    {
        lock (gate)
        {
            Find(form.Text("customer")!);
            var id = Add("billing_portal.session", "bps", form, []).Text("id")!;
            Change(id, one => one["url"] = $"{Url}/portal/{id}");
            return Find(id);
        }
    }

    internal JsonObject CreatePrice(JsonObject form)
    {
        lock (gate)
        {
            if (((JsonArray)List("price", one => one.Text("lookup_key") == form.Text("lookup_key"))["data"]!).Count > 0)
                if (form.Text("transfer_lookup_key") != "true") throw new StripeRefusal(400, "lookup_key_in_use", "A price with this lookup key exists.");
            return Add("price", "price", form, new() { ["unit_amount"] = form.Number("unit_amount"), ["active"] = true });
        }
    }

    internal JsonObject ChargeOffSession(JsonObject form)
    {
        lock (gate)
        {
            var method = Find(form.Text("payment_method")!);
            if (method.Text("customer") != form.Text("customer")) throw new StripeRefusal(400, "resource_missing", "The method belongs to somebody else.");
            var id = NewIntent(form.Text("customer")!, form.Number("amount")!.Value, form["metadata"]?.DeepClone() as JsonObject ?? []);
            if (Declines)
            {
                FailIntent(id, "Your card was declined.");
                throw new StripeRefusal(402, "card_declined", "Your card was declined.", "card_error");
            }
            Succeed(id);
            return Intent(id, expanded: true);
        }
    }

    internal JsonObject Preview(string subscription, string price)
    {
        lock (gate) return new() { ["object"] = "invoice", ["amount_due"] = Difference(subscription, price), ["currency"] = "usd" };
    }

    internal JsonObject ChangeSubscription(string id, JsonObject form)
    {
        lock (gate)
        {
            var now = Find(id);
            if (now.Text("status") == "canceled") throw new StripeRefusal(404, "resource_missing", "No such subscription.");
            if (form.Text("items", "0", "price") is { } price)
            {
                if (form.Text("items", "0", "id") != now["items"]!["data"]![0].Text("id")) throw new StripeRefusal(400, "resource_missing", "No such item.");
                var difference = Difference(id, price);
                if (difference > 0 && Declines) throw new StripeRefusal(402, "card_declined", "Your card was declined.", "card_error");
                Change(id, one => one["items"]!["data"]![0]!["price"] = Find(price));
                if (difference != 0) Charge(id, difference, paid: true, "subscription_update");
            }
            if (form.Text("cancel_at_period_end") is { } ends) Change(id, one => one["cancel_at_period_end"] = ends == "true");
            Tell("customer.subscription.updated", id);
            return Find(id);
        }
    }

    // As if half of the period were over.
    private long Difference(string subscription, string price) =>
        (Find(price)["unit_amount"]!.GetValue<long>() - Find(Find(subscription)["items"]!["data"]![0].Text("price", "id")!)["unit_amount"]!.GetValue<long>()) / 2;
}
