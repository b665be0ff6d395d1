using Rpd.Server.Database;

namespace Rpd.Server.Storage;

/// <summary>Media on disk below the data folder, and the addresses under which they are handed out.</summary>
public static class StorageParts
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration settings, string contentRoot)
    {
        services.AddSingleton<IStorage>(new DiskStorage(DataFolder.From(settings, contentRoot).Storage));
        services.AddHealthChecks().AddCheck<StorageReady>("storage");
        return services.AddSingleton<InstallationSecret>().AddSingleton<SignedUrls>();
    }
}
