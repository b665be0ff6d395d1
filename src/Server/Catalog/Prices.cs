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
        if (Rate(entry, type, parameters) is not { } rate) return Unknown(entry, type, parameters);
        if (Units(entry, parameters, prompt) is not { } units)
            return Refusal.Invalid("params.duration", $"params.duration is required: {entry.Id} is sold by the second, and how long its input is, is not known here.");
        return new EstimateView(Charge(rate, units * count), new PriceBreakdown(entry.BillingUnit, units, rate, count, Charge(rate, units)));
    }

    internal static long Charge(decimal rate, decimal units)
    {
        if (rate == 0) return 0;
        long hundredths = checked((long)(rate * 100)), thousandths = checked((long)Math.Ceiling(units * 1000));
        return Math.Max(1, checked((hundredths * thousandths + 99_999) / 100_000));
    }

    /// <summary>The first that fits; null when none does, and then the base rate stands.</summary>
    internal static PriceTier? Tier(CatalogEntry entry, string type, IReadOnlyDictionary<string, JsonElement> parameters) =>
        entry.PriceTiers?.FirstOrDefault(tier => tier.When.All(condition => Fits(entry, type, parameters, condition.Key, condition.Value)));

    private static decimal? Rate(CatalogEntry entry, string type, IReadOnlyDictionary<string, JsonElement> parameters) =>
        Tier(entry, type, parameters) is { } tier ? tier.Rate : entry.BaseRate;

    private static Refusal Unknown(CatalogEntry entry, string type, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        var said = string.Join(" and ", (Tier(entry, type, parameters)?.When.Keys ?? []).Where(name => name != "type").Select(name => $"{name} {Chosen(entry, parameters, name) ?? "off"}"));
        var message = said.Length > 0 ? $"The price of {entry.Id} with {said} is not known, so it is not sold." : $"The model {entry.Id} has no price for these parameters.";
        return new("VALIDATION_ERROR", 400, message, [new("params", message)]) { Reason = Reasons.PriceUnknown };
    }

    private static bool Fits(CatalogEntry entry, string type, IReadOnlyDictionary<string, JsonElement> parameters, string name, JsonElement wanted)
    {
        if (wanted.ValueKind is JsonValueKind.True or JsonValueKind.False) return Has(entry, parameters, name) == wanted.GetBoolean();
        var actual = name == "type" ? type : Chosen(entry, parameters, name);
        if (actual is null) return false;
        var allowed = wanted.ValueKind == JsonValueKind.Array ? wanted.EnumerateArray().Select(CheckParam.Text) : [CheckParam.Text(wanted)];
        return allowed.Contains(actual, StringComparer.OrdinalIgnoreCase);
    }

    // A yes-or-no condition such as {"audio": true}: asked for, and not switched off.
    internal static bool Has(CatalogEntry entry, IReadOnlyDictionary<string, JsonElement> parameters, string name) => Chosen(entry, parameters, name) is { } value && !Off(value);

    internal static bool Off(string value) => value is "false" or "off" or "";

    internal static string? Chosen(CatalogEntry entry, IReadOnlyDictionary<string, JsonElement> parameters, string name) =>
        parameters.TryGetValue(name, out var value) ? CheckParam.Text(value)
        : entry.Params.TryGetValue(CatalogEntry.DefaultName(name), out var fallback) ? CheckParam.Text(fallback)
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
