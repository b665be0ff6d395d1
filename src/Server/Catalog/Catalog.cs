namespace Rpd.Server.Catalog;

/// <summary>The models that are known, what they accept and what they cost. Read at start; a faulty entry stops the start.</summary>
public static class CatalogParts
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services.AddSingleton<ModelCatalog>();
}
