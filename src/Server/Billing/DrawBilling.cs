using Rpd.Server.Accounts;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.Billing;
using Rpd.Web.Billing;
using Rpd.Web.Pricing;

namespace Rpd.Server.Billing;

/// <summary>The page of billing, as it is or with what was wrong.</summary>
public sealed class DrawBilling(
    CreditQueries credits, BillingQueries billing, StripeOptions options, CreditPackList packs, PlanPrices prices, PlanList plans, ModelCatalog catalog, Cursors cursors)
{
    private const int PageSize = 20;

    public async Task<IResult> Page(HttpContext http, string? said, Refusal? refusal = null, IReadOnlyDictionary<string, string>? typed = null)
    {
        var (account, cancel) = (http.User.AccountId()!.Value, http.RequestAborted);
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var position = string.IsNullOrEmpty(cursor) ? null : cursors.Read(BillingQueries.ListName, cursor);
        var card = options.Ready ? await billing.Method(account, cancel) : new CardOnFile.None();
        http.Response.Headers.CacheControl = "no-store";
        return Pages.Page<BillingPage>(new BillingModel(
            await credits.Balance(account, cancel), options.Ready, http.User.IsAdmin() ? options.Missing : [], options.Currency, await billing.Plan(account, cancel),
            [.. prices.Sold.Select(name => new PlanToBuy(name, plans.Of(name).AllowancePerMonth, prices.Of(name, PlanIntervals.Month), prices.Of(name, PlanIntervals.Year)))],
            [.. packs.All.Select(pack => new PackOffer(pack.Name, pack.Credits, pack.PriceUsd))], CreditExamples.Of(catalog), (card.Value as CardOnFile.Kept)?.Label, card.Declined,
            await billing.TopUp(account, cancel), await billing.Payments(account, position, PageSize, cancel), position is null ? null : cursor)
        {
            Said = said,
            Errors = refusal is null ? FormErrors.None : FormErrors.Of(refusal),
            Typed = typed,
        }, refusal is null ? StatusCodes.Status200OK : Pages.StatusOf(refusal));
    }
}
