using System.Globalization;
using System.Text.Json;
using Rpd.Shared;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>What the operator wants otherwise of one model; null and what is not among the defaults stays as it is below.</summary>
public sealed record ModelChange
{
    public const int AlternativesMax = 10;

    public static readonly ModelChange Nothing = new();

    /// <summary>In no list and refused; what runs is finished.</summary>
    public bool? Hidden { get; init; }

    /// <summary>For entries that the data files leave off.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Credits per billing unit, before the provider's margin.</summary>
    public decimal? Rate { get; init; }

    public IReadOnlyList<string>? Alternatives { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Defaults { get; init; } = new Dictionary<string, JsonElement>();

    public ModelChange Over(ModelChange below) => new()
    {
        Hidden = Hidden ?? below.Hidden,
        Enabled = Enabled ?? below.Enabled,
        Rate = Rate ?? below.Rate,
        Alternatives = Alternatives ?? below.Alternatives,
        Defaults = below.Defaults.Where(one => !Defaults.ContainsKey(one.Key)).Concat(Defaults).ToDictionary(),
    };

    public bool Shows(CatalogEntry entry) => Hidden != true && (Enabled ?? entry.EnabledByDefault);

    /// <param name="margin">Percent on each rate.</param>
    public CatalogEntry Apply(CatalogEntry entry, decimal margin)
    {
        var sold = Repricing.Plus(Rate is { } rate ? Repricing.To(entry, rate) ?? entry : entry, margin);
        if (Alternatives is { } others) sold = sold with { Alternatives = others };
        return Defaults.Count == 0 ? sold : sold with
        {
            OwnDefaults = Defaults,
            Params = sold.Params.Where(fact => !Defaults.Keys.Select(CatalogEntry.DefaultName).Contains(fact.Key))
                .Concat(Defaults.Select(one => KeyValuePair.Create(CatalogEntry.DefaultName(one.Key), one.Value))).ToDictionary(),
        };
    }

    /// <param name="asText">The defaults were typed: numbers and switches are text.</param>
    /// <returns>The change with its defaults as the model has them, and all that does not fit, by field: <c>rate</c>, <c>defaults.resolution</c>.</returns>
    public (ModelChange Fitting, IReadOnlyList<FieldError> Wrong) Check(CatalogEntry entry, CatalogData data, bool asText)
    {
        var wrong = new List<FieldError>();
        if (Rate is { } rate)
        {
            if (rate is < 0 or > Repricing.RateMax || rate * 100 % 1 != 0) wrong.Add(new("rate", string.Create(CultureInfo.InvariantCulture, $"rate must be between 0 and {Repricing.RateMax} credits, with two decimals at most.")));
            else if (Repricing.To(entry, rate) is null) wrong.Add(new("rate", $"rate cannot be set: {entry.Id} has {entry.PriceTiers!.Count} prices and no base rate that they could follow."));
        }
        if (Alternatives is { } others && WrongAlternatives(entry, others, data) is { } said) wrong.Add(new("alternatives", said));
        var defaults = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in Defaults)
        {
            if (!entry.Rules.TryGetValue(name, out var rule)) wrong.Add(new($"defaults.{name}", $"{entry.Id} has no param {name}."));
            else if (rule is null || ParamSpecs.Pictures.Contains(name)) wrong.Add(new($"defaults.{name}", $"{name} differs from request to request: it has no default."));
            else if (CheckParam.Run(rule, value, asText) is { Value: { } right }) defaults[name] = right;
            else wrong.Add(new($"defaults.{name}", $"{name} {CheckParam.Run(rule, value, asText).Error}"));
        }
        var fitting = this with { Defaults = defaults };
        if (wrong.Count == 0 && defaults.Count > 0) wrong.AddRange(Unsellable(fitting.Apply(entry, 0)));
        return (fitting, wrong);
    }

    /// <summary>Without these fields.</summary>
    public ModelChange Without(IEnumerable<FieldError> fields) => fields.Aggregate(this, (left, error) => error.Field switch
    {
        "rate" => left with { Rate = null },
        "alternatives" => left with { Alternatives = null },
        "defaults" => left with { Defaults = Nothing.Defaults },
        var field => left with { Defaults = left.Defaults.Where(one => $"defaults.{one.Key}" != field).ToDictionary() },
    });

    private static string? WrongAlternatives(CatalogEntry entry, IReadOnlyList<string> others, CatalogData data)
    {
        if (others.Count > AlternativesMax) return $"alternatives may have {AlternativesMax} entries at most.";
        if (others.Distinct().Count() < others.Count) return "alternatives names a model twice.";
        foreach (var id in others)
        {
            if (id == entry.Id) return $"{id} is no alternative to itself.";
            if (data.Find(id) is not { } other) return $"There is no model {Cut.At(id, 120)}.";
            if (!other.SupportedTypes.Intersect(entry.SupportedTypes).Any()) return $"{id} makes nothing that {entry.Id} makes.";
        }
        return null;
    }

    /// <summary>A request that says nothing must be possible and have a price.</summary>
    private static IEnumerable<FieldError> Unsellable(CatalogEntry sold)
    {
        if (Combinations.Impossible(sold, sold.OwnDefaults).FirstOrDefault() is { } impossible) yield return new("defaults", $"These defaults do not go together: {impossible.Message}");
        else if (sold.SupportedTypes.Any(type => Prices.Tier(sold, type, sold.OwnDefaults) is { Rate: null })) yield return new("defaults", "No price is known for these defaults.");
    }
}
