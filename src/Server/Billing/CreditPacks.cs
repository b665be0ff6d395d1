using Microsoft.Extensions.Options;
using Rpd.Shared.Billing;

namespace Rpd.Server.Billing;

/// <summary>Credits that are sold together. Section <c>CreditPacks:&lt;name&gt;</c>.</summary>
public sealed record CreditPack
{
    public string Name { get; init; } = "";

    public long Credits { get; init; }

    /// <summary>In US dollars, or what <c>Stripe:Currency</c> says; without tax.</summary>
    public decimal PriceUsd { get; init; }

    /// <summary>The price in the currency's smallest unit.</summary>
    public long Cents => (long)(PriceUsd * 100);
}

/// <summary>The packs that can be bought, the smallest first.</summary>
public sealed class CreditPackList(IOptions<Dictionary<string, CreditPack>> options)
{
    public IReadOnlyList<CreditPack> All { get; } =
        [.. options.Value.Select(entry => entry.Value with { Name = entry.Key.ToLowerInvariant() }).OrderBy(pack => pack.Credits)];

    public CreditPack? Find(string name) => All.FirstOrDefault(pack => pack.Name == name);
}

internal sealed class CheckPacks : IValidateOptions<Dictionary<string, CreditPack>>
{
    public ValidateOptionsResult Validate(string? name, Dictionary<string, CreditPack> options)
    {
        var wrong = new List<string>();
        foreach (var (pack, what) in options)
        {
            if (!PackNames.All.Contains(pack, StringComparer.OrdinalIgnoreCase)) wrong.Add($"CreditPacks:{pack} is none of: {string.Join(", ", PackNames.All)}.");
            if (what.Credits <= 0) wrong.Add($"CreditPacks:{pack}:{nameof(what.Credits)} must be 1 or more.");
            if (what.PriceUsd <= 0 || what.PriceUsd != Math.Round(what.PriceUsd, 2)) wrong.Add($"CreditPacks:{pack}:{nameof(what.PriceUsd)} must be more than 0, in whole cents.");
        }
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
