using System.Globalization;
using System.Text.Json;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>A model's prices as a table. Each cell is what <see cref="Prices"/> would charge for it; nothing here knows a rate.</summary>
public static class PriceTables
{
    private const int ColumnsMax = 5, UsualCharacters = 500;

    public static IReadOnlyList<PriceTable> Of(CatalogEntry entry) => Conditions(entry).Contains("type")
        ? [.. entry.SupportedTypes.Select(type => Table(entry, [type]))] : [Table(entry, entry.SupportedTypes)];

    /// <summary>One output with the model's own defaults, to compare models by; null when that has no price.</summary>
    public static EstimateView? UsualRun(CatalogEntry entry, string? type = null)
    {
        var parameters = new Dictionary<string, JsonElement>();
        if (entry.BillingUnit == "second" && Prices.UsualSeconds(entry) is null) parameters["duration"] = JsonSerializer.SerializeToElement(5);
        var price = Prices.Of(entry, type ?? entry.SupportedTypes[0], parameters, new string('x', UsualCharacters), 1);
        return price.Declined ? null : price.Value;
    }

    private static PriceTable Table(CatalogEntry entry, IReadOnlyList<string> types)
    {
        var axes = Axes(entry);
        var (unit, amounts) = Columns(entry);
        int?[] counts = unit == "output" || entry.OutputsMax == 1 ? [null] : [1, entry.OutputsMax];
        var rows = from choice in Product(axes)
                   from count in counts
                   select new PriceRow([.. choice.Select(value => new[] { value.Label })], count, [.. amounts.Select(amount => Charge(entry, types[0], axes, choice, unit, amount, count))]);
        List<PriceRow> merged = [.. rows];
        for (var axis = axes.Count - 1; axis >= 0; axis--) merged = Merge(merged, axis, axes[axis].Values.Count);
        // What never matters is no column.
        var telling = Enumerable.Range(0, axes.Count).Where(axis => merged.Any(row => row.Values[axis].Count > 0)).ToArray();
        return new(types, [.. telling.Select(axis => axes[axis].Name)], amounts, unit,
            [.. merged.Select(row => row with { Values = [.. telling.Select(axis => row.Values[axis])] })]);
    }

    private static long? Charge(CatalogEntry entry, string type, IReadOnlyList<Axis> axes, IReadOnlyList<AxisValue> choice, string unit, decimal amount, int? count)
    {
        var parameters = axes.Zip(choice).Where(pair => pair.Second.Value is not null).ToDictionary(pair => pair.First.Name, pair => pair.Second.Value!.Value);
        if (unit == "second") parameters["duration"] = JsonSerializer.SerializeToElement(amount);
        if (Combinations.Impossible(entry, parameters).Any()) return null;
        var price = Prices.Of(entry, type, parameters, unit == "character" ? new string('x', (int)amount) : null, count ?? (int)(unit == "output" ? amount : 1));
        return price.Declined ? null : price.Value.Credits;
    }

    /// <summary>Rows that differ in one axis alone and cost the same become one.</summary>
    private static List<PriceRow> Merge(List<PriceRow> rows, int axis, int all) =>
    [
        .. from row in rows
           group row by string.Join('|', [.. row.Values.Select((values, i) => i == axis ? "" : string.Join(',', values)), $"{row.Count}", .. row.Credits.Select(credits => $"{credits}")]) into same
           let values = same.SelectMany(row => row.Values[axis]).Distinct().ToArray()
           select same.First() with { Values = [.. same.First().Values.Select((old, i) => i != axis ? old : values.Length == all ? [] : values)] },
    ];

    private static IReadOnlyList<string> Conditions(CatalogEntry entry) => [.. (entry.PriceTiers ?? []).SelectMany(tier => tier.When.Keys).Distinct()];

    private static List<Axis> Axes(CatalogEntry entry) =>
        [.. Conditions(entry).Where(name => name is not ("type" or "duration")).Select(name => new Axis(name, [.. Values(entry, name)])).Where(axis => axis.Values.Count > 0)];

    private static IEnumerable<AxisValue> Values(CatalogEntry entry, string name)
    {
        var rule = entry.Rules[name];
        if (rule?.Choices.Count > 0)
            return rule.Choices.Select(choice => new AxisValue(choice, rule.Numeric ? JsonSerializer.SerializeToElement(decimal.Parse(choice, CultureInfo.InvariantCulture)) : JsonSerializer.SerializeToElement(choice)));
        if (rule is null || rule.Kind == ParamKind.Switch) return [new("no", JsonSerializer.SerializeToElement(false)), new("yes", JsonSerializer.SerializeToElement(true))];
        return entry.PriceTiers!.Where(tier => tier.When.ContainsKey(name)).SelectMany(tier => tier.When[name] is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToArray() : [tier.When[name]])
            .Select(value => new AxisValue(CheckParam.Text(value), value)).DistinctBy(value => value.Label);
    }

    private static (string Unit, IReadOnlyList<decimal> Amounts) Columns(CatalogEntry entry) => entry.BillingUnit switch
    {
        "second" => ("second", Seconds(entry)),
        "1k_chars" => ("character", [.. new decimal[] { 100, 500, 1000, entry.PromptMax }.Where(amount => amount <= entry.PromptMax).Distinct()]),
        _ => ("output", [.. new decimal[] { 1, 2, entry.OutputsMax }.Where(amount => amount <= entry.OutputsMax).Distinct()]),
    };

    private static IReadOnlyList<decimal> Seconds(CatalogEntry entry)
    {
        if (entry.Rules.GetValueOrDefault("duration") is { } rule)
        {
            decimal[] lengths = rule.Choices.Count > 0 ? [.. rule.Choices.Select(choice => decimal.Parse(choice, CultureInfo.InvariantCulture))]
                : rule is { Min: { } min, Max: { } max } ? [(decimal)min, .. new[] { 5m, 10m, 30m }.Where(length => length > (decimal)min && length < (decimal)max), (decimal)max] : [5, 10];
            if (lengths.Length <= ColumnsMax) return lengths;
            return [.. new[] { lengths[0], Prices.UsualSeconds(entry) ?? lengths[0], lengths[lengths.Length / 2], lengths[^1] }.Distinct().Order()];
        }
        if (entry.Rules.GetValueOrDefault("lengthMs") is { Min: { } least, Max: { } most })
            return [.. new[] { (decimal)least / 1000, 30, 60, (decimal)most / 1000 }.Where(length => length >= (decimal)least / 1000 && length <= (decimal)most / 1000).Distinct()];
        return [5, 10, 30];
    }

    private static IEnumerable<IReadOnlyList<AxisValue>> Product(IReadOnlyList<Axis> axes) => axes.Aggregate(
        new IReadOnlyList<AxisValue>[] { [] }.AsEnumerable(), (sofar, axis) => sofar.SelectMany(choice => axis.Values.Select(value => (IReadOnlyList<AxisValue>)[.. choice, value])));

    private sealed record Axis(string Name, IReadOnlyList<AxisValue> Values);

    /// <param name="Value">What a request sends; null when it says nothing.</param>
    private sealed record AxisValue(string Label, JsonElement? Value);
}
