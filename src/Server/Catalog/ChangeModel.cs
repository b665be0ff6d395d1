using Rpd.Server.Audit;
using Rpd.Shared;

namespace Rpd.Server.Catalog;

/// <summary>Hides, shows, re-prices or otherwise changes a model. What does not fit it is refused and changes nothing.</summary>
public sealed class ChangeModel(ChangeCatalog change, ModelCatalog catalog)
{
    /// <param name="wanted">From what administrators want of it now to what they shall want.</param>
    /// <param name="asText">Its defaults were typed.</param>
    /// <param name="seen">As <see cref="ChangeCatalog.Run"/> takes it.</param>
    public async Task<Outcome<CatalogItem>> Run(Actor by, string id, Func<ModelChange, ModelChange> wanted, bool asText, long? seen, CancellationToken cancel)
    {
        if (catalog.Item(id) is not { } item) return Refusal.NotFound("The model");
        var done = await change.Run(by, CatalogChange.Model, id, stored => Fitting(item.Data, wanted(stored.Model()), asText), seen, cancel);
        return done.Declined ? done.Refusal : catalog.Item(id)!;
    }

    private Outcome<string> Fitting(CatalogEntry entry, ModelChange wanted, bool asText)
    {
        var (fitting, wrong) = wanted.Check(entry, catalog.Data, asText);
        if (wrong.Count > 0) return Refusal.Invalid(wrong);
        // What the settings say below it counts as well.
        return fitting.Over(catalog.Settings.Of(entry.Id)).Check(entry, catalog.Data, asText: false).Wrong is { Count: > 0 } together ? Refusal.Invalid(together) : CatalogChange.Text(fitting);
    }
}

/// <summary>Percent on every rate of a provider.</summary>
public sealed class SetMargin(ChangeCatalog change, ModelCatalog catalog)
{
    /// <param name="percent">Null: as the settings have it.</param>
    public async Task<Outcome<decimal>> Run(Actor by, string provider, decimal? percent, CancellationToken cancel)
    {
        if (!catalog.Data.Providers.Contains(provider)) return Refusal.NotFound("The provider");
        if (percent is { } some && OperatorWishes.WrongMargin(some) is { } wrong) return Refusal.Invalid("percent", wrong);
        var done = await change.Run(by, CatalogChange.Provider, provider, _ => CatalogChange.Text(new StoredMargin(percent)), seen: null, cancel);
        return done.Declined ? done.Refusal : catalog.Wishes.MarginOf(provider);
    }
}

/// <summary>Which model the playground offers first for a type.</summary>
public sealed class PreferModel(ChangeCatalog change, ModelCatalog catalog)
{
    /// <param name="model">Null: as the settings have it.</param>
    public async Task<Outcome<bool>> Run(Actor by, string type, string? model, CancellationToken cancel)
    {
        if (!Rpd.Shared.Generations.GenerationTypes.All.Contains(type)) return Refusal.NotFound("The type");
        if (model is not null && OperatorWishes.WrongPreferred(type, model, catalog.Data) is { } wrong) return Refusal.Invalid("preferred", wrong);
        return await change.Run(by, CatalogChange.Type, type, _ => CatalogChange.Text(new StoredPreference(model)), seen: null, cancel);
    }
}
