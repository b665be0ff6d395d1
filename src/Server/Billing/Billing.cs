using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Billing;

namespace Rpd.Server.Billing;

/// <summary>Buying credits and plans. This server has no payment gateway yet: a right request is told what is missing, a wrong one what is wrong with it.</summary>
public static class BillingApi
{
    public static void MapBillingApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/billing/checkout", Checkout).Needs(Scopes.Billing)
            .Describe("Buy credits or a plan", "Answers where to pay. A server without a payment service says which setting it lacks.")
            .Takes<NewCheckoutBody>("""{"pack":"small"}""").Gives<CheckoutView>(example: """{"url":"https://checkout.stripe.com/c/pay/cs_1","sessionId":"cs_1"}""").Refuses("PROVIDER_UNAVAILABLE");
        api.MapPost("/billing/portal", () => ApiAnswers.Refuse(NotSetUp)).Needs(Scopes.Billing)
            .Describe("Open the billing portal", "Where invoices are, and what is paid by can be changed.")
            .Gives<PortalView>(example: """{"url":"https://billing.stripe.com/p/session/1"}""").Refuses("PROVIDER_UNAVAILABLE");
        // Without a secret no event can be told from a forged one; Stripe sends it again later.
        api.MapPost("/billing/stripe", () => ApiAnswers.Refuse(NotSetUp))
            .Describe("Receive an event of Stripe", "For Stripe alone: its signature is the credential.").Gives<ReceivedView>(example: """{"received":true}""").Refuses("PROVIDER_UNAVAILABLE");
    }

    private static async Task<IResult> Checkout(HttpContext http, PlanList plans)
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
        return ApiAnswers.Refuse(fields.Refusal ?? NotSetUp);
    }

    private static Refusal NotSetUp => new("PROVIDER_UNAVAILABLE", 503, "Payments are not set up on this server: Stripe:SecretKey is missing.");
}
