using System.Text.Json;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>A model as the catalogue's data files describe it. Prices are credits; a rate has at most two decimals.</summary>
/// <param name="Params">What the model declares; <see cref="ParamSpecs"/> reads it.</param>
/// <param name="RequiredInputs">By type: image, video, audio, text, script, or a param's name; <c>a|b</c> means either.</param>
public sealed record CatalogEntry(
    string Id,
    string Provider,
    string DisplayName,
    string Description,
    IReadOnlyList<string> SupportedTypes,
    string Speed,
    string Quality,
    decimal? CreditCostPerImage,
    decimal? CreditCostPerSecond,
    decimal? CreditCostPerRequest,
    decimal? CreditCostPer1kChars,
    string BillingUnit,
    bool SupportsAudio,
    IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredInputs,
    IReadOnlyDictionary<string, JsonElement> Params,
    IReadOnlyList<PriceTier>? PriceTiers,
    Lifecycle Lifecycle,
    bool EnabledByDefault)
{
    /// <summary>Credits per <see cref="BillingUnit"/> outside of any tier; null when unknown, and then the model cannot be sold.</summary>
    public decimal? BaseRate => BillingUnit switch
    {
        "image" => CreditCostPerImage,
        "second" => CreditCostPerSecond,
        "request" => CreditCostPerRequest,
        "1k_chars" => CreditCostPer1kChars,
        _ => null,
    };

    public int PromptMax => Params.TryGetValue("promptMax", out var max) || Params.TryGetValue("textMax", out max)
        ? Math.Min(max.GetInt32(), PromptMaxOfAll) : PromptMaxOfAll;

    public const int PromptMaxOfAll = 4000;

    /// <summary>How many outputs one request may ask for.</summary>
    public int OutputsMax => Params.TryGetValue("maxOutputs", out var most) ? Math.Min(most.GetInt32(), OutputsMaxOfAll) : OutputsMaxOfAll;

    public const int OutputsMaxOfAll = 4;

    /// <summary>What a request may set, by its name below <c>params</c>; null where any structure will do.</summary>
    public IReadOnlyDictionary<string, ParamSpec?> Rules => rules ??= ReadRules();

    private IReadOnlyDictionary<string, ParamSpec?>? rules;

    private Dictionary<string, ParamSpec?> ReadRules()
    {
        var all = new Dictionary<string, ParamSpec?>(StringComparer.Ordinal);
        foreach (var spec in ParamSpecs.Of(Params))
        {
            // "pixels.left" stands for a structure whose parts the adapter checks.
            var dot = spec.Name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0) all[spec.Name] = spec;
            else all.TryAdd(spec.Name[..dot], null);
        }
        foreach (var (name, value) in Params)
        {
            if (value.ValueKind == JsonValueKind.True && name != "negativePrompt") all.TryAdd(name, null);
        }
        foreach (var input in RequiredInputs.Values.SelectMany(inputs => inputs))
        {
            if (InputFields.Of(input) is null && !input.Contains('|', StringComparison.Ordinal)) all.TryAdd(input, null);
        }
        return all;
    }
}

/// <param name="When">Param → value or list of values; the first tier that fits the request sets the rate.</param>
public sealed record PriceTier(IReadOnlyDictionary<string, JsonElement> When, decimal? CreditsPerSecond, decimal? CreditsPerImage)
{
    public decimal? Rate => CreditsPerSecond ?? CreditsPerImage;
}

/// <param name="Status">active, preview, legacy, expiring or retired.</param>
public sealed record Lifecycle(string Status, string? Until = null, string? Note = null);
