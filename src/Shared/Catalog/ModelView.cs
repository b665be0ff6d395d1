using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rpd.Shared.Catalog;

/// <summary>A catalogue entry in the form that both the native face and OpenAI clients read.</summary>
/// <param name="Created">Unix seconds.</param>
/// <param name="Params">What the model declares: allowed values, defaults and limits.</param>
/// <param name="Available">False when the operator has not configured the provider; <paramref name="UnavailableReason"/> says what is missing.</param>
public sealed record ModelView(
    string Id,
    [property: JsonPropertyName("object")] string Object,
    long Created,
    [property: JsonPropertyName("owned_by")] string OwnedBy,
    string Provider,
    string DisplayName,
    string Description,
    IReadOnlyList<string> SupportedTypes,
    string Speed,
    string Quality,
    string BillingUnit,
    decimal? CreditCostPerSecond,
    decimal? CreditCostPerImage,
    decimal? CreditCostPerRequest,
    [property: JsonPropertyName("creditCostPer1kChars")] decimal? CreditCostPer1kChars,
    bool SupportsAudio,
    IReadOnlyDictionary<string, JsonElement> Params,
    IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredInputs,
    bool Available,
    string? UnavailableReason,
    string Lifecycle);

/// <param name="Breakdown">Unit, units, rate and how the price came about, for people.</param>
public sealed record EstimateView(long Credits, PriceBreakdown Breakdown);

/// <param name="Unit"><c>image</c>, <c>second</c>, <c>request</c> or <c>1k_chars</c>.</param>
/// <param name="Units">Units per output.</param>
/// <param name="Rate">Credits per unit.</param>
public sealed record PriceBreakdown(string Unit, decimal Units, decimal Rate, int Count, long PerOutput);
