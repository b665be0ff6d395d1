using System.Globalization;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Plans;
using Rpd.Shared.Billing;

namespace Rpd.Server.Billing;

/// <summary>What plans cost here, and the same as a price at Stripe. A price there cannot be changed, so each amount has one of its own, found by its name.</summary>
public sealed class PlanPrices(PlanList plans, StripeOptions options, StripeApi stripe)
{
    /// <summary>In the currency's smallest unit; null when it is not sold so.</summary>
    public long? Of(string plan, string interval) => plans.Has(plan) && plan != PlanList.Free
        ? (interval == PlanIntervals.Year ? plans.Of(plan).YearlyUsd : plans.Of(plan).MonthlyUsd) is { } price ? (long)(price * 100) : null : null;

    /// <summary>Plans that can be bought in one way at least, the least dear first.</summary>
    public IReadOnlyList<string> Sold =>
        [.. plans.Names.Where(plan => PlanIntervals.All.Any(interval => Of(plan, interval) is not null)).OrderBy(plan => plans.Of(plan).AllowancePerMonth).ThenBy(plan => plan, StringComparer.Ordinal)];

    public async Task<StripeReply<StripeId>> AtStripe(string plan, string interval, CancellationToken cancel)
    {
        var amount = Of(plan, interval) ?? throw new ArgumentException($"{plan} is not sold by the {interval}.", nameof(plan));
        var name = string.Create(CultureInfo.InvariantCulture, $"rpd_{plan}_{interval}_{amount}_{options.Currency}");
        var found = await stripe.Prices(name, cancel);
        if (found.Failed) return new(null, found.Failure);
        if (found.Value.Data.Count > 0) return new(found.Value.Data[0], null);
        return await stripe.CreatePrice(new StripeForm().Add("lookup_key", name).Add("transfer_lookup_key", true).Add("currency", options.Currency).Add("unit_amount", amount).Add("recurring[interval]", interval)
            .Add("product_data[name]", string.Create(CultureInfo.InvariantCulture, $"RPD Create {char.ToUpperInvariant(plan[0])}{plan[1..]}"))
            .Add($"metadata[{StripeApi.Plan}]", plan).Add($"metadata[{StripeApi.Interval}]", interval), $"price:{name}", cancel);
    }
}
