using System.Globalization;
using System.Text.Json;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>
/// What price tiers must be: each names params that the model takes, with values that it takes; each is reached by some request; and every request that
/// is possible comes to one of them, so that none is sold at a rate that was meant for another. A tier without a rate says that the price is unknown.
/// </summary>
internal static class TierRules
{
    private const int CombinationsMax = 5_000;

    public static IEnumerable<string> Faults(CatalogEntry entry)
    {
        if (entry.PriceTiers is not { Count: > 0 } tiers) yield break;
        var wrong = tiers.SelectMany((tier, i) => tier.When.SelectMany(condition => Wrong(entry, condition.Key, condition.Value)).Select(fault => $"{entry.Id}: price tier {i + 1}: {fault}")).ToArray();
        foreach (var fault in wrong) yield return fault;
        if (wrong.Length > 0) yield break;
        var asked = Requests(entry).Take(CombinationsMax).ToArray();
        var reached = new HashSet<PriceTier>(ReferenceEqualityComparer.Instance);
        foreach (var (type, values) in asked)
        {
            if (Prices.Tier(entry, type, values) is { } tier) reached.Add(tier);
            else yield return $"{entry.Id}: no price tier for {Said(type, values)}";
        }
        foreach (var (tier, i) in tiers.Select((tier, i) => (tier, i)))
            if (!reached.Contains(tier)) yield return $"{entry.Id}: price tier {i + 1} is never reached";
        if (entry.BaseRate is { } rate && Prices.Tier(entry, entry.SupportedTypes[0], new Dictionary<string, JsonElement>())?.Rate is { } usual && usual != rate)
            yield return string.Create(CultureInfo.InvariantCulture, $"{entry.Id}: its rate is {rate}, and a request that says nothing costs {usual}");
    }

    private static IEnumerable<string> Wrong(CatalogEntry entry, string name, JsonElement wanted)
    {
        JsonElement[] values = wanted.ValueKind == JsonValueKind.Array ? [.. wanted.EnumerateArray()] : [wanted];
        if (values.Length == 0) yield return $"{name} has no value";
        if (name == "type")
        {
            foreach (var value in values.Where(value => !entry.SupportedTypes.Contains(CheckParam.Text(value)))) yield return $"the model does not do {CheckParam.Text(value)}";
        }
        else if (!entry.Rules.TryGetValue(name, out var rule)) yield return $"the model has no param {name}";
        else if (wanted.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            if (rule is { Kind: ParamKind.Choice } && !rule.Choices.Any(Prices.Off)) yield return $"{name} cannot be switched off";
        }
        else if (rule is null or { Kind: ParamKind.Switch }) yield return $"{name} is true or false";
        else
        {
            foreach (var value in values.Where(value => CheckParam.Run(rule, value, asText: true).Error is not null)) yield return $"{name} is never {CheckParam.Text(value)}";
        }
    }

    /// <summary>Everything that can be said of what the tiers name, and saying nothing of it.</summary>
    private static IEnumerable<(string Type, IReadOnlyDictionary<string, JsonElement> Values)> Requests(CatalogEntry entry)
    {
        var names = entry.PriceTiers!.SelectMany(tier => tier.When.Keys).Where(name => name != "type")
            .Concat(entry.Params.Keys.Select(Combinations.Parts).OfType<(string Having, string Needed)>().Select(pair => pair.Having)).Where(entry.Rules.ContainsKey).Distinct().ToArray();
        IEnumerable<IReadOnlyDictionary<string, JsonElement>> all = [new Dictionary<string, JsonElement>()];
        foreach (var name in names)
            all = all.SelectMany(sofar => Values(entry, name).Select(value => value is { } said ? new Dictionary<string, JsonElement>(sofar) { [name] = said } : sofar));
        return from type in entry.SupportedTypes
               from values in all
               where !Combinations.Impossible(entry, values).Any()
               select (type, values);
    }

    private static IEnumerable<JsonElement?> Values(CatalogEntry entry, string name)
    {
        // Silence about a length is the model's usual one; about anything else, its default where it has one.
        if (name == "duration" && Prices.UsualSeconds(entry) is { } seconds) yield return JsonSerializer.SerializeToElement(seconds);
        else yield return null;
        var rule = entry.Rules[name];
        foreach (var choice in rule is { Kind: ParamKind.Choice } ? rule.Choices : []) yield return JsonSerializer.SerializeToElement(choice);
        if (rule is { Kind: ParamKind.Choice }) yield break;
        if (rule is null or { Kind: ParamKind.Switch }) yield return JsonSerializer.SerializeToElement(true);
        else
        {
            foreach (var tier in entry.PriceTiers!.Where(tier => tier.When.ContainsKey(name)))
                yield return tier.When[name] is { ValueKind: JsonValueKind.Array } list ? list[0] : tier.When[name];
        }
    }

    private static string Said(string type, IReadOnlyDictionary<string, JsonElement> values) =>
        string.Join(", ", values.Select(value => $"{value.Key} {CheckParam.Text(value.Value)}").Prepend(type));
}
