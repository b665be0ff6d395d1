using Microsoft.Extensions.Options;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Catalog;

/// <summary>
/// The models that are known, what they accept and what they cost. Read at start; a faulty entry stops the start. What the operator wants otherwise stands
/// in the settings and, above them, in rows that administrators change while the server runs.
/// </summary>
public static class CatalogParts
{
    public static IServiceCollection AddCatalog(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<CatalogOptions>(settings, "Catalog");
        services.AddSingleton<IValidateOptions<CatalogOptions>, CatalogOptionsCheck>();
        services.AddSingleton<RenewCatalog>().AddHostedService(provider => provider.GetRequiredService<RenewCatalog>());
        services.AddScoped<ChangeCatalog>().AddScoped<ChangeModel>().AddScoped<SetMargin>().AddScoped<PreferModel>();
        return services.AddSingleton(provider => new AddedModels(settings, provider.GetRequiredService<VendorList>())).AddSingleton<ModelCatalog>().AddSingleton<ListedChoices>();
    }
}
