using System.Globalization;
using System.Text.Json;
using Rpd.Shared;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>
/// What a request costs: ceil(rate × units × count), at least 1 unless the rate is 0. Rates are hundredths of a credit and units thousandths, so that
/// everything is whole numbers. An unknown price refuses; it never costs nothing.
/// </summary>
public static class Prices
{
    public static Outcome<EstimateView> Of(CatalogEntry entry, string type, IReadOnlyDictionary<string, JsonElement> parameters, string? prompt, int count)
    {
        if (Rate(entry, type, parameters) is not { } rate)
            return new Refusal("VALIDATION_ERROR", 400, $"The model {entry.Id} has no price for these parameters.", [new("params", "No price is known for this combination.")]);
        if (Units(entry, parameters, prompt) is not { } units)
            return Refusal.Invalid("params.duration", $"params.duration is required: {entry.Id} is sold by the second.");
        return new EstimateView(Charge(rate, units * count), new PriceBreakdown(entry.BillingUnit, units, rate, count, Charge(rate, units)));
    }

    internal static long Charge(decimal rate, decimal units)
    {
        if (rate == 0) return 0;
        long hundredths = checked((long)(rate * 100)), thousandths = checked((long)Math.Ceiling(units * 1000));
        return Math.Max(1, checked((hundredths * thousandths + 99_999) / 100_000));
    }

    private static decimal? Rate(CatalogEntry entry, string type, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        foreach (var tier in entry.PriceTiers ?? [])
        {
            if (tier.When.All(condition => Fits(entry, type, parameters, condition.Key, condition.Value))) return tier.Rate;
        }
        return entry.BaseRate;
    }

    private static bool Fits(CatalogEntry entry, string type, IReadOnlyDictionary<string, JsonElement> parameters, string name, JsonElement wanted)
    {
        if (wanted.ValueKind is JsonValueKind.True or JsonValueKind.False) return Has(parameters, name) == wanted.GetBoolean();
        var actual = name == "type" ? type : Chosen(entry, parameters, name);
        if (actual is null) return false;
        var allowed = wanted.ValueKind == JsonValueKind.Array ? wanted.EnumerateArray().Select(CheckParam.Text) : [CheckParam.Text(wanted)];
        return allowed.Contains(actual, StringComparer.OrdinalIgnoreCase);
    }

    // A yes-or-no condition such as {"audio": true}: asked for, and not switched off.
    private static bool Has(IReadOnlyDictionary<string, JsonElement> parameters, string name) =>
        parameters.TryGetValue(name, out var value) && CheckParam.Text(value) is not ("false" or "off" or "");

    private static string? Chosen(CatalogEntry entry, IReadOnlyDictionary<string, JsonElement> parameters, string name) =>
        parameters.TryGetValue(name, out var value) ? CheckParam.Text(value)
        : entry.Params.TryGetValue($"default{char.ToUpperInvariant(name[0])}{name[1..]}", out var fallback) ? CheckParam.Text(fallback)
        : null;

    private static decimal? Units(CatalogEntry entry, IReadOnlyDictionary<string, JsonElement> parameters, string? prompt) => entry.BillingUnit switch
    {
        "second" => Seconds(entry, parameters),
        "1k_chars" => Math.Max(1, prompt?.Length ?? 0) / 1000m,
        _ => 1,
    };

    private static decimal? Seconds(CatalogEntry entry, IReadOnlyDictionary<string, JsonElement> parameters) =>
        parameters.TryGetValue("duration", out var chosen) ? CheckParam.AsNumber(chosen)
        : parameters.TryGetValue("lengthMs", out var length) ? CheckParam.AsNumber(length) / 1000
        : UsualSeconds(entry);

    /// <summary>How long the model's output is when nobody says; null when it must be said.</summary>
    internal static decimal? UsualSeconds(CatalogEntry entry) =>
        entry.Params.TryGetValue("defaultDuration", out var usual) ? usual.GetDecimal()
        : entry.Rules.GetValueOrDefault("duration") is { } rule ? rule.Choices.Count > 0 ? decimal.Parse(rule.Choices[0], CultureInfo.InvariantCulture) : (decimal?)rule.Min
        : null;
}
