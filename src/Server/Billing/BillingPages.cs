using Rpd.Server.Accounts;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.Billing;
using Rpd.Web.Billing;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Billing;

/// <summary>What an account pays and has paid. The forms that lead to Stripe answer with a page that goes on there.</summary>
public static class BillingPages
{
    private const string Home = "/billing", Said = "billing-said", ToPay = "You pay on Stripe's page and come back here. If nothing happens, go on yourself.";

    public static void MapBillingPages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Home).RequireAuthorization();
        own.MapGet("", (HttpContext http, DrawBilling draw, Flash flash) => draw.Page(http, flash.Take(http, Said)));
        own.MapGet("/done", Done);
        own.MapPost("/packs/{pack}", (string pack, HttpContext http, DrawBilling draw, StripeOptions options, StartCheckout start) =>
            Leave(http, draw, options, ToPay, async (account, fields, cancel) => await start.Pack(account, pack, fields.Flag("keepCard") ?? false, cancel)));
        own.MapPost("/plan", (HttpContext http, DrawBilling draw, StripeOptions options, StartCheckout start) =>
            Leave(http, draw, options, ToPay, async (account, fields, cancel) => await start.Plan(account, fields.Text("plan", 60) ?? "", fields.Text("interval", 10) ?? "", cancel)));
        own.MapPost("/card", (HttpContext http, DrawBilling draw, StripeOptions options, StartCheckout start) =>
            Leave(http, draw, options, "You add a card on Stripe's page and come back here. Nothing is charged.", async (account, _, cancel) => await start.Card(account, cancel)));
        own.MapPost("/portal", (HttpContext http, DrawBilling draw, StripeOptions options, CustomerOf customers, StripeApi stripe, PublicAddress address) =>
            Leave(http, draw, options, "Stripe keeps your cards, your address and your invoices.", async (account, _, cancel) =>
                await BillingApi.OpenPortal(account, customers, stripe, address, cancel) is { Value: { } portal } ? new CheckoutView(portal.Url, "") : new Refusal("PROVIDER_UNAVAILABLE", 503, "The payment service does not answer as it should. Try again in a moment.")));
        own.MapPost("/plan/change", Change);
        own.MapPost("/plan/end", (HttpContext http, DrawBilling draw, Flash flash, ChangePlan change, StripeOptions options) =>
            Write(http, draw, flash, options, "The plan ends with the time that is paid.", (account, cancel) => change.End(account, ends: true, cancel)));
        own.MapPost("/plan/keep", (HttpContext http, DrawBilling draw, Flash flash, ChangePlan change, StripeOptions options) =>
            Write(http, draw, flash, options, "The plan goes on.", (account, cancel) => change.End(account, ends: false, cancel)));
        own.MapPost("/top-up", TopUp);
        // Reloading a refused form leads back.
        own.MapGet("/{part}", (string part) => See(Home));
        own.MapGet("/{part}/{verb}", (string part, string verb) => See(Home));
    }

    private static async Task<IResult> Leave(HttpContext http, DrawBilling draw, StripeOptions options, string what, Func<Guid, Fields, CancellationToken, Task<Outcome<CheckoutView>>> open)
    {
        if (BillingApi.NotReady(options) is { } missing) return await draw.Page(http, null, missing);
        var fields = Fields.Of(await http.Request.ReadFormAsync(http.RequestAborted));
        var page = await open(http.User.AccountId()!.Value, fields, http.RequestAborted);
        if (page.Declined) return await draw.Page(http, null, page.Refusal);
        http.Response.Headers.CacheControl = "no-store";
        return Page<LeavePage>(new LeaveModel(page.Value.Url, what));
    }

    private static async Task<IResult> Done(HttpContext http, ReturnFromCheckout back, Flash flash)
    {
        var session = http.Request.Query["session"].ToString();
        try
        {
            if (await back.Run(http.User.AccountId()!.Value, session, http.RequestAborted) is { } what) flash.Give(http, Said, what);
        }
        catch (StripeException)
        {
            flash.Give(http, Said, "Stripe does not answer just now. What you have paid arrives by itself.");
        }
        return See(Home);
    }

    private static async Task<IResult> Change(HttpContext http, DrawBilling draw, Flash flash, ChangePlan change, BillingQueries billing, PlanList plans, StripeOptions options)
    {
        if (BillingApi.NotReady(options) is { } missing) return await draw.Page(http, null, missing);
        var (account, cancel) = (http.User.AccountId()!.Value, http.RequestAborted);
        var fields = Fields.Of(await http.Request.ReadFormAsync(cancel));
        var (plan, interval, sure) = (fields.Text("plan", 60) ?? "", fields.Text("interval", 10) ?? "", fields.Flag("sure") ?? false);
        if (sure) return await Write(http, draw, flash, options, "The plan is changed.", (_, _) => change.Run(account, plan, interval, cancel));
        var preview = await change.Preview(account, plan, interval, cancel);
        if (preview.Declined || await billing.Plan(account, cancel) is not { } now) return await draw.Page(http, null, preview.Refusal ?? Refusal.Conflict("This account pays for no plan."));
        return Page<PlanChangePage>(new PlanChangeModel(now, preview.Value, plans.Of(plan).AllowancePerMonth));
    }

    private static async Task<IResult> TopUp(HttpContext http, DrawBilling draw, StripeOptions options, Flash flash, SetTopUp set)
    {
        if (BillingApi.NotReady(options) is { } missing) return await draw.Page(http, null, missing);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await set.Run(http.User.AccountId()!.Value, Fields.Of(form), http.RequestAborted) is { } refusal)
            return await draw.Page(http, null, refusal, form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        flash.Give(http, Said, "Saved.");
        return See(Home + "#top-up");
    }

    private static async Task<IResult> Write(HttpContext http, DrawBilling draw, Flash flash, StripeOptions options, string said, Func<Guid, CancellationToken, Task<Refusal?>> write)
    {
        if (BillingApi.NotReady(options) is { } missing) return await draw.Page(http, null, missing);
        if (await write(http.User.AccountId()!.Value, http.RequestAborted) is { } refusal) return await draw.Page(http, null, refusal);
        flash.Give(http, Said, said);
        return See(Home);
    }
}
