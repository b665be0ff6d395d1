using System.Globalization;
using Rpd.Server.Http;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Server.Catalog;

/// <summary>The catalogue as its page shows it: filtered and in order.</summary>
public static class FindModels
{
    /// <summary>What the address does not say rightly counts as not said: it shows more, not an error.</summary>
    public static CatalogFilter Read(IQueryCollection query, ModelCatalog catalog)
    {
        var fields = Fields.Of(query);
        return new(
            fields.Text("q", 200) is { Length: <= 200 } words ? words : null, fields.Choice("type", GenerationTypes.All), fields.Choice("provider", [.. Providers(catalog)]), fields.Choice("ready", ["yes"]),
            fields.Choice("price", [.. CatalogPrices.All]), fields.Choice("speed", [.. ModelTraits.Speeds]), fields.Choice("quality", [.. ModelTraits.Qualities]),
            fields.Choice("sort", [.. CatalogSorts.All]) ?? CatalogSorts.Ready);
    }

    public static IReadOnlyList<string> Providers(ModelCatalog catalog) => [.. catalog.All.Select(entry => entry.Provider).Distinct().Order(StringComparer.Ordinal)];

    /// <param name="measured">By model; those that have not run here are absent.</param>
    public static IReadOnlyList<(ModelView Model, EstimateView? Usual)> Run(CatalogFilter filter, ModelCatalog catalog, IReadOnlyDictionary<string, SpeedView> measured)
    {
        var found = from model in catalog.List(filter.Type, filter.Provider, filter.Q)
                    where (filter.Ready is null || model.Available) && (filter.Speed is null || model.Speed == filter.Speed) && (filter.Quality is null || model.Quality == filter.Quality)
                    let usual = PriceTables.UsualRun(catalog.Known(model.Id)!, filter.Type)
                    where Costs(filter.Price, usual)
                    select (model, usual);
        return [.. filter.Sort switch
        {
            CatalogSorts.Name => found.OrderBy(one => one.model.DisplayName, StringComparer.OrdinalIgnoreCase),
            CatalogSorts.Price => found.OrderBy(one => one.usual?.Credits ?? long.MaxValue).ThenBy(one => one.model.DisplayName, StringComparer.OrdinalIgnoreCase),
            CatalogSorts.Speed => found.OrderBy(one => ModelTraits.Speeds.ToList().IndexOf(one.model.Speed)).ThenBy(one => measured.TryGetValue(one.model.Id, out var speed) ? speed.P50Ms : int.MaxValue)
                .ThenBy(one => one.model.DisplayName, StringComparer.OrdinalIgnoreCase),
            _ => found.OrderBy(one => one.model.Available ? 0 : 1).ThenBy(one => one.model.Provider == Rpd.Server.Providers.Sandbox.SandboxProvider.ProviderName ? 1 : 0),
        }];
    }

    private static bool Costs(string? price, EstimateView? usual) => price switch
    {
        null => true,
        CatalogPrices.Free => usual?.Credits == 0,
        _ => usual is not null && usual.Credits <= long.Parse(price, CultureInfo.InvariantCulture),
    };
}
