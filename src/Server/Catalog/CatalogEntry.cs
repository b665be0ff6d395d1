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
    /// <summary>As its provider calls it.</summary>
    public string? UpstreamModelId { get; init; }

    /// <summary>By type, the call at the provider that starts it: <c>POST /text-to-video/kling-3.0</c>. Where it takes two, <c>then</c> stands between them.</summary>
    public IReadOnlyDictionary<string, string> Routes { get; init; } = new Dictionary<string, string>();

    /// <summary>Other entries that make the same, in the order in which they are tried when this one's provider cannot take it.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>By param, what the operator wants where a request does not say it. It stands among <see cref="Params"/> too, as the model's default.</summary>
    public IReadOnlyDictionary<string, JsonElement> OwnDefaults { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What the model does when a request does not say; undeclared where it is not known.</summary>
    public JsonElement? Default(string param) => Params.TryGetValue(DefaultName(param), out var usual) ? usual : null;

    /// <summary>Where <see cref="Params"/> holds the default of a param.</summary>
    public static string DefaultName(string param) => $"default{char.ToUpperInvariant(param[0])}{param[1..]}";

    /// <summary>Sold by the second, and as long as what it is given: a voice to move lips to, a video to enlarge.</summary>
    public bool FollowsInput => BillingUnit == "second" && Prices.UsualSeconds(this) is null;

    /// <summary>The path of the first call; empty where the catalogue names none.</summary>
    public string PathOf(string type) => Routes.GetValueOrDefault(type)?.Split(' ', 3) is [_, var path, ..] ? path : "";

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
    public IReadOnlyDictionary<string, ParamSpec?> Rules => (rules is { } known && ReferenceEquals(known.Of, Params) ? known : rules = new(Params, ReadRules())).All;

    // A copy with other params comes with the rules of the original.
    private KnownRules? rules;

    private sealed record KnownRules(object Of, IReadOnlyDictionary<string, ParamSpec?> All);

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

/// <param name="When">Param → value or list of values; the first tier that fits the request sets the rate. Neither rate: the price is not known, and the request is refused.</param>
public sealed record PriceTier(IReadOnlyDictionary<string, JsonElement> When, decimal? CreditsPerSecond, decimal? CreditsPerImage)
{
    public decimal? Rate => CreditsPerSecond ?? CreditsPerImage;
}

/// <param name="Status">active, preview, legacy, expiring or retired.</param>
public sealed record Lifecycle(string Status, string? Until = null, string? Note = null);
