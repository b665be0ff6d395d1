namespace Rpd.Server.Collections;

/// <summary>Collections: an owner's own works and public ones of others, in an order of their choice; for the owner alone, or open to others.</summary>
public static class CollectionParts
{
    public static IServiceCollection AddCollections(this IServiceCollection services) =>
        services.AddSingleton<CollectionQueries>().AddSingleton<ChangeCollection>().AddSingleton<KeepWork>()
            .AddScoped<CreateCollection>();
}
