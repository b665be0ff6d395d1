using Rpd.Server.Accounts;
using Rpd.Server.Billing;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Web.Pricing;

namespace Rpd.Server.Storefront;

public static class PricingPages
{
    public static void MapPricing(this IEndpointRouteBuilder pages) => pages.MapGet("/pricing", (
        PlanList plans, CreditPackList packs, ModelCatalog catalog, CreditOptions credits, AccountOptions accounts, StripeOptions stripe) => Pages.Page<PricingPage>(new PricingModel(
            [.. plans.Names.Select(plans.Of).OrderBy(plan => plan.AllowancePerMonth).ThenBy(plan => plan.ConcurrentJobs).Select(plan => new PlanOffer(
                plan.Name, plan.AllowancePerMonth, plan.ConcurrentJobs, plan.GenerationsPerMinute, plan.GeneralPerMinute, plan.StorageBytesMax, plan.UploadBytesMax, plan.CustomModels, plan.MonthlyUsd, plan.YearlyUsd))],
            [.. packs.All.Select(pack => new PackOffer(pack.Name, pack.Credits, pack.PriceUsd))],
            CreditExamples.Of(catalog), credits.Welcome, accounts.SignUpOffered, stripe.Ready)));
}
