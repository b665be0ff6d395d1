using System.Text.Json;
using Rpd.Shared;

namespace Rpd.Server.Catalog;

/// <summary>Params that only go together: <c>"audioRequiresResolution": "1080p"</c> says that sound needs that resolution.</summary>
public static class Combinations
{
    private const string Requires = "Requires";

    /// <param name="values">What is not among them is as the model's default has it.</param>
    /// <returns>A mistake for each param that would have to be otherwise; its name stands without a prefix.</returns>
    public static IEnumerable<FieldError> Impossible(CatalogEntry entry, IReadOnlyDictionary<string, JsonElement> values)
    {
        foreach (var (fact, wanted) in entry.Params)
        {
            if (Parts(fact) is not var (having, needed) || wanted.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || !Prices.Has(entry, values, having)) continue;
            var must = CheckParam.Text(wanted);
            if (!string.Equals(Prices.Chosen(entry, values, needed), must, StringComparison.OrdinalIgnoreCase))
                yield return new(needed, $"params.{needed} must be {must} with {having}: {entry.Id} makes nothing else of the two.");
        }
    }

    /// <returns>Null for what is another fact.</returns>
    internal static (string Having, string Needed)? Parts(string fact)
    {
        var at = fact.IndexOf(Requires, StringComparison.Ordinal);
        return at > 0 && fact.Length > at + Requires.Length ? (fact[..at], char.ToLowerInvariant(fact[at + Requires.Length]) + fact[(at + Requires.Length + 1)..]) : null;
    }
}
