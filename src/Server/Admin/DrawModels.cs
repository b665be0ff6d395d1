using Microsoft.EntityFrameworkCore;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;
using Rpd.Web.Admin;
using Rpd.Web.Ui;

namespace Rpd.Server.Admin;

/// <summary>The catalogue as administrators see it, on pages and in JSON. Nothing of how a provider is reached is in it.</summary>
public sealed class DrawModels(AppDb db, ModelCatalog catalog)
{
    public static IEnumerable<AdminModelView> Found(ModelCatalog catalog, string? provider, string? q) =>
        catalog.Items.Where(item => (provider is null || item.Data.Provider == provider) && ModelCatalog.Says(item.Data, q)).Select(item => View(catalog, item));

    public static AdminModelView View(ModelCatalog catalog, CatalogItem item)
    {
        var (data, sold) = (item.Data, item.Sold);
        var reason = catalog.Unavailable(data);
        return new(data.Id, data.Provider, data.DisplayName, data.SupportedTypes, item.Shown, data.EnabledByDefault, reason is null, reason, data.Lifecycle.Status, data.BillingUnit,
            sold.BaseRate, data.BaseRate, catalog.Wishes.MarginOf(data.Provider), [.. (sold.PriceTiers ?? []).Select(tier => new PriceTierView(tier.When, tier.Rate))],
            sold.Alternatives, sold.OwnDefaults, Of(catalog.Settings.Of(data.Id)), Of(catalog.Stored.Models.GetValueOrDefault(data.Id) ?? ModelChange.Nothing));
    }

    private static ModelWishView Of(ModelChange change) => new(change.Hidden, change.Enabled, change.Rate, change.Alternatives, change.Defaults);

    public IResult List(HttpContext http, string? form = null, FormErrors? errors = null, string? typed = null, string? said = null, int status = 200)
    {
        var fields = Fields.Of(http.Request.Query);
        var q = fields.Text("q", 200) is { Length: <= 200 } words ? words : null;
        var provider = fields.Choice("provider", [.. catalog.Data.Providers]);
        http.Response.Headers.CacheControl = "no-store";
        return Pages.Page<AdminModelsPage>(new AdminModelsModel(q, provider, [.. Found(catalog, provider, q)], catalog.Items.Count, catalog.All.Count,
            [.. catalog.Data.Providers.Order(StringComparer.Ordinal).Select(name => new ProviderMarginView(name, catalog.Wishes.MarginOf(name), catalog.Stored.Margins.ContainsKey(name)))],
            [.. GenerationTypes.All.Select(type => new PreferredModelView(type, catalog.Wishes.Preferred.GetValueOrDefault(type), catalog.Stored.Preferred.ContainsKey(type)))],
            form, errors ?? FormErrors.None, typed, said)
        { ByType = GenerationTypes.All.ToDictionary(type => type, Offered) }, status);
    }

    private IReadOnlyList<Choice> Offered(string type) =>
        [.. catalog.All.Where(entry => entry.SupportedTypes.Contains(type)).Select(entry => new Choice(entry.Id, entry.DisplayName)).OrderBy(choice => choice.Label, StringComparer.OrdinalIgnoreCase)];

    /// <param name="typed">The form's fields as they came, when it was refused.</param>
    public async Task<IResult> Show(HttpContext http, string id, IReadOnlyDictionary<string, string>? typed = null, FormErrors? errors = null, bool saved = false, int status = 200)
    {
        if (catalog.Item(id) is not { } item) return Results.NotFound();
        // Of what is drawn and not of what is stored meanwhile: who saves this page has seen no more.
        var version = await db.CatalogChanges.Where(row => row.Kind == CatalogChange.Model && row.Name == item.Data.Id).Select(row => (long?)row.Version).SingleOrDefaultAsync(http.RequestAborted) ?? 0;
        http.Response.Headers.CacheControl = "no-store";
        return Pages.Page<AdminModelPage>(new AdminModelModel(View(catalog, item), PriceTables.Of(item.Sold),
            [.. item.Data.Rules.Values.OfType<ParamSpec>().Where(spec => !ParamSpecs.Pictures.Contains(spec.Name))], Math.Min(version, catalog.Version), typed, errors ?? FormErrors.None, saved), status);
    }
}
