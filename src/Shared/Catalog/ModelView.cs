using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rpd.Shared.Catalog;

/// <summary>A catalogue entry in the form that both the native face and OpenAI clients read.</summary>
/// <param name="Object">Always <c>model</c>.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="SupportedTypes">The types of generations that it does; <c>chat</c> for the models of <c>/v1/chat/completions</c>.</param>
/// <param name="Speed">In a word.</param>
/// <param name="Quality">In a word.</param>
/// <param name="BillingUnit">What one pays for: <c>image</c>, <c>second</c>, <c>request</c>, <c>1k_chars</c> or, in a chat, <c>1k_tokens</c>.</param>
/// <param name="CreditCostPerSecond">Credits; null where the model is not billed so. Prices that depend on params are those of the defaults.</param>
/// <param name="SupportsAudio">Whether its videos can have sound.</param>
/// <param name="RequiredInputs">By type of generation: the request's fields that must be there.</param>
/// <param name="Lifecycle">Whether the vendor still offers it.</param>
/// <param name="Params">What the model declares: allowed values, defaults and limits.</param>
/// <param name="Available">False when the operator has not configured the provider and the caller has no key of its own there; <paramref name="UnavailableReason"/> says what is missing.</param>
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
    string Lifecycle)
{
    /// <summary>By type of generation, what blind comparisons on this server said of it; empty until somebody has voted.</summary>
    public IReadOnlyList<ModelScoreView> Scores { get; init; } = [];

    /// <summary>Of a model for chat, for what is read and written alike.</summary>
    [JsonPropertyName("creditCostPer1kTokens")]
    public decimal? CreditCostPer1kTokens { get; init; }

    /// <summary>Params whose values the provider lists, such as its voices: <c>/v1/models/{id}/choices?param=</c> gives them.</summary>
    public IReadOnlyList<string> Listed { get; init; } = [];
}

/// <summary>The catalogue.</summary>
/// <param name="Object">Always <c>list</c>.</param>
public sealed record ModelListView(IReadOnlyList<ModelView> Data, bool Success = true, string Object = "list");

/// <summary>One model, in the envelope and, for OpenAI clients, beside it.</summary>
/// <param name="Created">Unix seconds.</param>
/// <param name="Object">Always <c>model</c>.</param>
public sealed record OneModelView(ModelView Data, string Id, long Created, [property: JsonPropertyName("owned_by")] string OwnedBy, bool Success = true, string Object = "model");

/// <summary>Which models to list.</summary>
/// <param name="Q">Words of the id, the name or the description.</param>
public sealed record ModelFilter([property: OneOf(typeof(Generations.GenerationTypes))] string? Type = null, string? Provider = null, string? Q = null);

/// <summary>A price, in the envelope and bare.</summary>
public sealed record EstimateAnswerView(EstimateView Data, long Credits, PriceBreakdown Breakdown, bool Success = true);

/// <summary>What a generation would cost.</summary>
/// <param name="Breakdown">Unit, units, rate and how the price came about, for people.</param>
public sealed record EstimateView(long Credits, PriceBreakdown Breakdown)
{
    /// <summary>It would run with the caller's own provider key: <see cref="Credits"/> are the platform's fee, and the provider bills the rest itself.</summary>
    public bool OwnKey { get; init; }

    /// <summary>With an own key: what it costs without one, which the breakdown tells of.</summary>
    public long? UsualCredits { get; init; }
}

/// <summary>How a price came about.</summary>
/// <param name="Unit"><c>image</c>, <c>second</c>, <c>request</c> or <c>1k_chars</c>.</param>
/// <param name="Units">Units per output.</param>
/// <param name="Rate">Credits per unit.</param>
/// <param name="Count">How many outputs.</param>
/// <param name="PerOutput">Credits for one of them alone; several together are rounded once.</param>
public sealed record PriceBreakdown(string Unit, decimal Units, decimal Rate, int Count, long PerOutput);
