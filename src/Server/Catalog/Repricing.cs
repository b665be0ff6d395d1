namespace Rpd.Server.Catalog;

/// <summary>Other rates for a model. Whatever is not a whole hundredth of a credit is rounded up.</summary>
internal static class Repricing
{
    public const decimal RateMax = 100_000, MarginMax = 1000;

    /// <summary>The base rate becomes this, and the tiers keep their proportion to it; a single tier without a base rate becomes this itself.</summary>
    /// <returns>Null where several tiers have no base rate to follow.</returns>
    public static CatalogEntry? To(CatalogEntry entry, decimal rate)
    {
        var priced = entry.PriceTiers?.Where(tier => tier.Rate is not null).ToArray() ?? [];
        if (entry.BaseRate is > 0 and var whole) return Each(entry, old => old * rate / whole);
        if (entry.BaseRate is not null && priced.Length == 0) return Each(entry, _ => rate);
        return entry.BaseRate is null && priced.Length == 1 ? Each(entry, _ => rate) : null;
    }

    public static CatalogEntry Plus(CatalogEntry entry, decimal percent) => percent == 0 ? entry : Each(entry, rate => rate * (100 + percent) / 100);

    private static CatalogEntry Each(CatalogEntry entry, Func<decimal, decimal> changed)
    {
        return entry with
        {
            CreditCostPerImage = Up(entry.CreditCostPerImage),
            CreditCostPerSecond = Up(entry.CreditCostPerSecond),
            CreditCostPerRequest = Up(entry.CreditCostPerRequest),
            CreditCostPer1kChars = Up(entry.CreditCostPer1kChars),
            PriceTiers = entry.PriceTiers?.Select(tier => tier with { CreditsPerSecond = Up(tier.CreditsPerSecond), CreditsPerImage = Up(tier.CreditsPerImage) }).ToArray(),
        };

        decimal? Up(decimal? rate) => rate is { } old ? Math.Ceiling(changed(old) * 100) / 100 : null;
    }
}
