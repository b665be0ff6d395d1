using System.Globalization;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Catalog;

/// <summary>All that the operator wants otherwise than the data files have it, as far as it fits them.</summary>
/// <param name="Models">By the model's id.</param>
/// <param name="Margins">By provider, percent on each rate.</param>
/// <param name="Preferred">By type of generation, the id of the model that is offered first.</param>
public sealed record OperatorWishes(IReadOnlyDictionary<string, ModelChange> Models, IReadOnlyDictionary<string, decimal> Margins, IReadOnlyDictionary<string, string> Preferred)
{
    public static readonly OperatorWishes None = new(new Dictionary<string, ModelChange>(), new Dictionary<string, decimal>(), new Dictionary<string, string>());

    /// <summary>What does not fit and was left out.</summary>
    public IReadOnlyList<FieldError> Faults { get; private init; } = [];

    public ModelChange Of(string model) => Models.GetValueOrDefault(model) ?? ModelChange.Nothing;

    public decimal MarginOf(string provider) => Margins.GetValueOrDefault(provider);

    /// <summary>As the settings have it.</summary>
    public static OperatorWishes Of(CatalogOptions options, CatalogData data) => Fitting(
        options.Changes.Select(change => (change.Key, change.Value.ToChange())), options.Margins.Select(margin => (margin.Key, margin.Value)),
        options.Preferred.Select(one => (one.Key, one.Value)), None, data, asText: true);

    /// <summary>As administrators have it; what fits only without a setting below it fits not.</summary>
    public static OperatorWishes Of(StoredWishes stored, OperatorWishes settings, CatalogData data) => Fitting(
        stored.Models.Select(one => (one.Key, one.Value)), stored.Margins.Select(one => (one.Key, one.Value)), stored.Preferred.Select(one => (one.Key, one.Value)), settings, data, asText: false);

    public static string? WrongMargin(decimal percent) => percent is >= 0 and <= Repricing.MarginMax && percent * 100 % 1 == 0
        ? null : string.Create(CultureInfo.InvariantCulture, $"percent must be between 0 and {Repricing.MarginMax}, with two decimals at most.");

    public static string? WrongPreferred(string type, string model, CatalogData data) => data.Find(model) is not { } entry ? $"There is no model {Cut.At(model, 120)}."
        : entry.SupportedTypes.Contains(type) ? null : $"{model} does not do {type}.";

    private static OperatorWishes Fitting(
        IEnumerable<(string Id, ModelChange Change)> changes, IEnumerable<(string Provider, decimal Percent)> margins, IEnumerable<(string Type, string Model)> preferred,
        OperatorWishes below, CatalogData data, bool asText)
    {
        var faults = new List<FieldError>();
        var models = below.Models.ToDictionary();
        foreach (var (id, change) in changes)
        {
            if (data.Find(id) is not { } entry)
            {
                faults.Add(new($"Changes:{id}", $"There is no model {id}."));
                continue;
            }
            var (fitting, wrong) = change.Over(below.Of(entry.Id)).Check(entry, data, asText);
            faults.AddRange(wrong.Select(error => new FieldError($"Changes:{id}:{Section(error.Field)}", error.Message)));
            models[entry.Id] = wrong.Count == 0 ? fitting : change.Without(wrong).Over(below.Of(entry.Id)).Check(entry, data, asText).Fitting;
        }
        var percents = below.Margins.ToDictionary();
        foreach (var (provider, percent) in margins)
        {
            if (data.Providers.FirstOrDefault(name => string.Equals(name, provider, StringComparison.OrdinalIgnoreCase)) is not { } known) faults.Add(new($"Margins:{provider}", $"No model is of {provider}. These are: {string.Join(", ", data.Providers.Order())}."));
            else if (WrongMargin(percent) is { } wrong) faults.Add(new($"Margins:{provider}", wrong));
            else percents[known] = percent;
        }
        var first = below.Preferred.ToDictionary();
        foreach (var (type, model) in preferred)
        {
            if (!GenerationTypes.All.Contains(type)) faults.Add(new($"Preferred:{type}", $"{type} is no type of generation."));
            else if (WrongPreferred(type, model, data) is { } wrong) faults.Add(new($"Preferred:{type}", wrong));
            else first[type] = model;
        }
        return new(models, percents, first) { Faults = faults };
    }

    // As it is written in the settings.
    private static string Section(string field) => string.Join(':', field.Split('.', 2).Select((part, i) => i == 0 ? char.ToUpperInvariant(part[0]) + part[1..] : part));
}
