using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rpd.Tests.Stripe;

/// <summary>Stripe's objects, what befalls them, and the events that tell of it. Every change is one event at least, with the object as it was then.</summary>
public sealed partial class StripeWorld
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonObject> objects = [];
    private long number;

    /// <summary>Where customers pay.</summary>
    public string Url { get; set; } = "";

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>What happened, in this order.</summary>
    public ConcurrentQueue<JsonObject> Events { get; } = new();

    /// <summary>When set, the next charge of a kept card is declined.</summary>
    public bool Declines { get; set; }

    public static string Sign(string body, DateTimeOffset at, string secret = StripeServer.WebhookSecret)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")))}";
    }

    public JsonObject Find(string id)
    {
        lock (gate) return objects.TryGetValue(id, out var found) ? Copy(found) : throw new StripeRefusal(404, "resource_missing", $"No such object: '{id}'");
    }

    /// <summary>Whoever has lived is looked at no more; what things cost stays.</summary>
    public void Forget()
    {
        lock (gate)
            foreach (var (id, _) in objects.Where(one => one.Value.Text("object") != "price").ToList()) objects.Remove(id);
    }

    public JsonObject List(string kind, Func<JsonObject, bool> which)
    {
        lock (gate) return ListOf(objects.Values.Where(one => one.Text("object") == kind && which(one)).Reverse().Select(Copy));
    }

    internal JsonObject Add(string kind, string prefix, JsonObject? form, JsonObject more)
    {
        lock (gate)
        {
            var made = form is null ? [] : Copy(form);
            foreach (var (name, value) in more) made[name] = value?.DeepClone();
            var id = $"{prefix}_{++number}";
            (made["id"], made["object"], made["created"], made["livemode"]) = (id, kind, Now, false);
            objects[id] = made;
            return Copy(made);
        }
    }

    internal JsonObject Intent(string id, bool expanded)
    {
        lock (gate)
        {
            var intent = Find(id);
            if (expanded && intent.Text("latest_charge") is { } charge) intent["latest_charge"] = Find(charge);
            return intent;
        }
    }

    internal JsonObject Invoice(string id, bool withPayments)
    {
        lock (gate)
        {
            var invoice = Find(id);
            if (withPayments) invoice["payments"] = List("invoice_payment", one => one.Text("invoice") == id);
            return invoice;
        }
    }

    internal JsonObject InvoicePayments(string intent) => List("invoice_payment", one => one.Text("payment", "payment_intent") == intent);

    internal JsonObject Subscriptions(string customer, bool all, bool expanded)
    {
        lock (gate)
        {
            var found = List("subscription", one => one.Text("customer") == customer && (all || one.Text("status") != "canceled"));
            if (expanded)
                foreach (var one in (JsonArray)found["data"]!)
                    if (one.Text("latest_invoice") is { } invoice) ((JsonObject)one!)["latest_invoice"] = Find(invoice);
            return found;
        }
    }

    private long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    private void Change(string id, Action<JsonObject> change)
    {
        lock (gate) change(objects[id]);
    }

    private JsonObject Tell(string type, string id)
    {
        lock (gate)
        {
            var told = new JsonObject
            {
                ["id"] = $"evt_{++number}",
                ["object"] = "event",
                ["api_version"] = StripeServer.Version,
                ["type"] = type,
                ["created"] = Now,
                ["livemode"] = false,
                ["data"] = new JsonObject { ["object"] = Find(id) },
            };
            Events.Enqueue(told);
            return told;
        }
    }

    private static JsonObject ListOf(IEnumerable<JsonObject> items) => new() { ["object"] = "list", ["data"] = new JsonArray([.. items]), ["has_more"] = false };

    private static JsonObject Copy(JsonObject one) => (JsonObject)one.DeepClone();
}
