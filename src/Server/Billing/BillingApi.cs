using Rpd.Server.ApiKeys;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Billing;

namespace Rpd.Server.Billing;

/// <summary>Buying credits and plans. A server without a payment service tells a right request what is missing, and a wrong one what is wrong with it.</summary>
public static class BillingApi
{
    public static void MapBillingApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/billing/checkout", Checkout).Needs(Scopes.Billing)
            .Describe("Buy credits or a plan", "Answers where to pay. Credits come when the payment did; `credits.low` and the balance tell of it. A server without a payment service says which setting it lacks.")
            .Takes<NewCheckoutBody>("""{"pack":"small"}""").Gives<CheckoutView>(example: """{"url":"https://checkout.stripe.com/c/pay/cs_1","sessionId":"cs_1"}""").Refuses("CONFLICT", "PROVIDER_UNAVAILABLE");
        api.MapPost("/billing/portal", Portal).Needs(Scopes.Billing)
            .Describe("Open the billing portal", "Where invoices are, and what is paid by can be changed.")
            .Gives<PortalView>(example: """{"url":"https://billing.stripe.com/p/session/1"}""").Refuses("PROVIDER_UNAVAILABLE");
        // Stripe tells of a busy hour all at once.
        api.MapPost("/billing/stripe", Event).LimitedByItself()
            .Describe("Receive an event of Stripe", "For Stripe alone: its signature is the credential.").Gives<ReceivedView>(example: """{"received":true}""").Refuses("PROVIDER_UNAVAILABLE");
    }

    private static async Task<IResult> Checkout(HttpContext http, PlanList plans, StripeOptions options, StartCheckout start)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var pack = fields.Choice("pack", PackNames.All);
        var plan = fields.Choice("plan", [.. plans.Names.Where(name => name != PlanList.Free)]);
        var interval = fields.Choice("interval", PlanIntervals.All);
        if (fields.Has("pack") == fields.Has("plan"))
        {
            fields.Wrong("pack", "Send either pack or plan.");
            fields.Wrong("plan", "Send either pack or plan.");
        }
        if (plan is not null && !fields.Has("interval")) fields.Wrong("interval", $"interval is required with plan: {string.Join(" or ", PlanIntervals.All)}.");
        if (pack is not null && interval is not null && !fields.Has("plan")) fields.Wrong("interval", "interval goes with plan, not with pack.");
        if ((fields.Refusal ?? NotReady(options)) is { } refusal) return ApiAnswers.Refuse(refusal);
        var account = http.Credential().AccountId;
        return Answer(pack is not null ? await start.Pack(account, pack, keepCard: false, http.RequestAborted) : await start.Plan(account, plan!, interval!, http.RequestAborted));
    }

    private static async Task<IResult> Portal(HttpContext http, StripeOptions options, CustomerOf customers, StripeApi stripe, PublicAddress address)
    {
        if (NotReady(options) is { } refusal) return ApiAnswers.Refuse(refusal);
        return Answer(await OpenPortal(http.Credential().AccountId, customers, stripe, address, http.RequestAborted));
    }

    internal static async Task<Outcome<PortalView>> OpenPortal(Guid account, CustomerOf customers, StripeApi stripe, PublicAddress address, CancellationToken cancel)
    {
        var customer = await customers.Run(account, cancel);
        if (customer.Declined) return customer.Refusal;
        var portal = await stripe.CreatePortal(customer.Value.StripeId, address.Link("/billing"), cancel);
        return portal.Failed ? CustomerOf.Declined(portal.Failure) : new PortalView(portal.Value.Url);
    }

    private static async Task<IResult> Event(HttpContext http, StripeOptions options, ReceiveStripeEvent receive, RateLimits limits)
    {
        // Without a secret no event can be told from a forged one; Stripe sends it again later.
        if (options.Missing is [var missing, ..]) return ApiAnswers.Refuse(NotSetUp(missing));
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (await receive.Run(http.Request.Headers["Stripe-Signature"], body.ToArray(), http.RequestAborted)) return ApiAnswers.Data(new ReceivedView(true));
        var admission = limits.TakeAnonymous(http.Connection.RemoteIpAddress);
        return ApiAnswers.Refuse(admission.Admitted ? Refusal.Invalid("Stripe-Signature", "The signature is not one of Stripe's for this body and this time.") : RateLimits.Refuse(admission));
    }

    private static IResult Answer<T>(Outcome<T> outcome) => outcome.Declined ? ApiAnswers.Refuse(outcome.Refusal) : ApiAnswers.Data(outcome.Value!);

    /// <summary>Null when payments can be taken.</summary>
    internal static Refusal? NotReady(StripeOptions options) => options.Ready ? null : NotSetUp("Stripe:SecretKey");

    private static Refusal NotSetUp(string setting) => new("PROVIDER_UNAVAILABLE", 503, $"Payments are not set up on this server: {setting} is missing.");
}
