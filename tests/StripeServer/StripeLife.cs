using System.Globalization;
using System.Text.Json.Nodes;

namespace Rpd.Tests.Stripe;

/// <summary>What customers, banks and time do.</summary>
public sealed partial class StripeWorld
{
    /// <summary>Somebody pays on a payment page. With a bank that takes its time the money comes by <see cref="Arrive"/>.</summary>
    public void Complete(string session, bool later = false)
    {
        lock (gate)
        {
            var page = Find(session);
            if (page.Text("status") != "open") throw new StripeRefusal(400, "session_closed", "This page is closed.");
            var customer = page.Text("customer")!;
            Change(session, one => one["status"] = "complete");
            if (page.Text("mode") == "subscription") Change(session, one => one["subscription"] = Begin(customer, page.Text("line_items", "0", "price")!));
            else if (page.Text("mode") == "payment") PayOnce(session, page, customer, later);
            if (page.Text("mode") != "payment" || page.Text("payment_intent_data", "setup_future_usage") is not null) KeepCard(customer);
            Change(session, one => one["payment_status"] = later ? "unpaid" : "paid");
            Tell("checkout.session.completed", session);
        }
    }

    /// <summary>The money of a slow bank is there, or is not.</summary>
    public void Arrive(string session, bool paid)
    {
        lock (gate)
        {
            var intent = Find(session).Text("payment_intent")!;
            if (paid) Succeed(intent);
            else FailIntent(intent, "The bank has refused.");
            Change(session, one => one["payment_status"] = paid ? "paid" : "unpaid");
            Tell(paid ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed", session);
        }
    }

    /// <summary>The next period begins: with its money, or without.</summary>
    public void Renew(string subscription, bool paid)
    {
        lock (gate)
        {
            var one = Find(subscription);
            var end = DateTimeOffset.FromUnixTimeSeconds(one["items"]!["data"]![0]!["current_period_end"]!.GetValue<long>());
            var price = Find(one["items"]!["data"]![0]!.Text("price", "id")!);
            Change(subscription, row => row["items"]!["data"]![0]!["current_period_end"] = After(end, price).ToUnixTimeSeconds());
            Charge(subscription, price["unit_amount"]!.GetValue<long>(), paid, "subscription_cycle");
            Change(subscription, row => row["status"] = paid ? "active" : "past_due");
            Tell("customer.subscription.updated", subscription);
        }
    }

    /// <summary>What was due is paid after all.</summary>
    public void PayLate(string subscription)
    {
        lock (gate)
        {
            var invoice = Find(subscription).Text("latest_invoice")!;
            Settle(invoice, Find(invoice)["total"]!.GetValue<long>());
            Change(subscription, row => row["status"] = "active");
            Tell("customer.subscription.updated", subscription);
        }
    }

    /// <summary>Every attempt to be paid has failed, and the account is set to leave it at that.</summary>
    public void GiveUp(string subscription)
    {
        lock (gate)
        {
            Change(subscription, row => row["status"] = "unpaid");
            Tell("customer.subscription.updated", subscription);
        }
    }

    public JsonObject CancelNow(string subscription)
    {
        lock (gate)
        {
            if (Find(subscription).Text("status") == "canceled") throw new StripeRefusal(404, "resource_missing", "No such subscription.");
            Change(subscription, row => row["status"] = "canceled");
            Tell("customer.subscription.deleted", subscription);
            return Find(subscription);
        }
    }

    public JsonObject Refund(string intent, long amount)
    {
        lock (gate)
        {
            var charge = Find(intent).Text("latest_charge") ?? throw new StripeRefusal(400, "charge_missing", "Nothing was charged.");
            var (whole, back) = (Find(intent)["amount"]!.GetValue<long>(), Find(charge)["amount_refunded"]!.GetValue<long>());
            if (back + amount > whole) throw new StripeRefusal(400, "charge_already_refunded", "Refund amount is greater than unrefunded amount on charge.");
            Change(charge, row => row["amount_refunded"] = back + amount);
            Tell("charge.refunded", charge);
            return Add("refund", "re", null, new() { ["payment_intent"] = intent, ["amount"] = amount, ["status"] = "succeeded" });
        }
    }

    public string Dispute(string intent, long amount)
    {
        lock (gate)
        {
            var charge = Find(intent).Text("latest_charge")!;
            Change(charge, row => row["disputed"] = true);
            var dispute = Add("dispute", "dp", null, new() { ["payment_intent"] = intent, ["charge"] = charge, ["amount"] = amount, ["status"] = "needs_response" }).Text("id")!;
            Tell("charge.dispute.created", dispute);
            return dispute;
        }
    }

    public void CloseDispute(string dispute, bool won)
    {
        lock (gate)
        {
            Change(dispute, row => row["status"] = won ? "won" : "lost");
            Tell("charge.dispute.closed", dispute);
        }
    }

    private void PayOnce(string session, JsonObject page, string customer, bool later)
    {
        var amount = page.Number("line_items", "0", "price_data", "unit_amount")!.Value;
        var intent = NewIntent(customer, amount, page["payment_intent_data"]?["metadata"]?.DeepClone() as JsonObject ?? []);
        Change(session, one => one["payment_intent"] = intent);
        if (page.Text("invoice_creation", "enabled") == "true")
        {
            var invoice = NewInvoice(customer, null, amount);
            Add("invoice_payment", "inpay", null, new() { ["invoice"] = invoice, ["payment"] = new JsonObject { ["type"] = "payment_intent", ["payment_intent"] = intent } });
            if (!later) Tell("invoice.paid", invoice);
        }
        if (later) Change(intent, one => one["status"] = "processing");
        else Succeed(intent);
    }

    private string Begin(string customer, string priceId)
    {
        var price = Find(priceId);
        var id = Add("subscription", "sub", null, new()
        {
            ["customer"] = customer,
            ["status"] = "active",
            ["start_date"] = Now,
            ["cancel_at_period_end"] = false,
            ["cancel_at"] = null,
            ["items"] = ListOf([new() { ["id"] = $"si_{++number}", ["current_period_end"] = After(Time.GetUtcNow(), price).ToUnixTimeSeconds(), ["price"] = price.DeepClone() }]),
        }).Text("id")!;
        Charge(id, price["unit_amount"]!.GetValue<long>(), paid: true, "subscription_create");
        Tell("customer.subscription.created", id);
        return id;
    }

    private void Charge(string subscription, long amount, bool paid, string reason)
    {
        var customer = Find(subscription).Text("customer")!;
        var invoice = NewInvoice(customer, subscription, amount);
        Change(invoice, one => one["billing_reason"] = reason);
        Change(subscription, one => one["latest_invoice"] = invoice);
        var intent = NewIntent(customer, Math.Max(0, amount), []);
        Add("invoice_payment", "inpay", null, new() { ["invoice"] = invoice, ["payment"] = new JsonObject { ["type"] = "payment_intent", ["payment_intent"] = intent } });
        if (paid)
        {
            Settle(invoice, amount);
            return;
        }
        FailIntent(intent, "Your card was declined.");
        Change(invoice, one => (one["status"], one["attempted"]) = ("open", true));
        Tell("invoice.payment_failed", invoice);
    }

    private void Settle(string invoice, long amount)
    {
        if (amount > 0) Succeed(InvoicePaymentOf(invoice));
        Change(invoice, one => (one["status"], one["amount_paid"], one["attempted"]) = ("paid", Math.Max(0, amount), true));
        Tell("invoice.paid", invoice);
    }

    private string InvoicePaymentOf(string invoice) => ((JsonArray)List("invoice_payment", one => one.Text("invoice") == invoice)["data"]!)[0].Text("payment", "payment_intent")!;

    private string NewInvoice(string customer, string? subscription, long amount) => Add("invoice", "in", null, new()
    {
        ["customer"] = customer,
        ["status"] = subscription is null ? "paid" : "open",
        ["total"] = amount,
        ["amount_paid"] = subscription is null ? amount : 0,
        ["currency"] = "usd",
        ["attempted"] = false,
        ["hosted_invoice_url"] = Url + "/invoice",
        ["invoice_pdf"] = Url + "/invoice.pdf",
        ["parent"] = subscription is null ? null : new JsonObject { ["type"] = "subscription_details", ["subscription_details"] = new JsonObject { ["subscription"] = subscription } },
        ["status_transitions"] = new JsonObject { ["paid_at"] = null },
    }).Text("id")!;

    private string NewIntent(string customer, long amount, JsonObject metadata) => Add("payment_intent", "pi", null, new()
    {
        ["customer"] = customer,
        ["amount"] = amount,
        ["currency"] = "usd",
        ["status"] = "requires_payment_method",
        ["metadata"] = metadata.DeepClone(),
        ["latest_charge"] = null,
        ["last_payment_error"] = null,
    }).Text("id")!;

    private void Succeed(string intent)
    {
        var paid = Find(intent);
        var charge = Add("charge", "ch", null, new()
        {
            ["payment_intent"] = intent,
            ["customer"] = paid.Text("customer"),
            ["amount"] = paid["amount"]!.DeepClone(),
            ["amount_refunded"] = 0L,
            ["disputed"] = false,
            ["receipt_url"] = Url + "/receipt",
        }).Text("id")!;
        Change(intent, one => (one["status"], one["latest_charge"], one["last_payment_error"]) = ("succeeded", charge, null));
        Tell("payment_intent.succeeded", intent);
    }

    private void FailIntent(string intent, string why)
    {
        Change(intent, one => (one["status"], one["last_payment_error"]) = ("requires_payment_method", new JsonObject { ["code"] = "card_declined", ["message"] = why }));
        Tell("payment_intent.payment_failed", intent);
    }

    private void KeepCard(string customer) => Add("payment_method", "pm", null, new() { ["customer"] = customer, ["type"] = "card", ["card"] = new JsonObject { ["brand"] = "visa", ["last4"] = "4242" } });

    private static DateTimeOffset After(DateTimeOffset at, JsonObject price) => price.Text("recurring", "interval") == "year" ? at.AddYears(1) : at.AddMonths(1);
}
