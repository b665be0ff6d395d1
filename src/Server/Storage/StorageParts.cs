using Rpd.Server.Database;
using Rpd.Server.Storage.S3;

namespace Rpd.Server.Storage;

/// <summary>Media on disk below the data folder, or in a bucket when <c>Storage:S3:Bucket</c> names one; and the addresses under which they are handed out.</summary>
public static class StorageParts
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration settings, string contentRoot)
    {
        services.AddChecked<S3Options>(settings, "Storage:S3");
        services.AddSingleton(new DiskStorage(DataFolder.From(settings, contentRoot).Storage));
        services.AddSingleton<IStorage>(provider => provider.GetRequiredService<S3Options>() is { Bucket: not null } bucket
            ? new S3Storage(bucket, provider.GetRequiredService<ILogger<S3Storage>>()) : provider.GetRequiredService<DiskStorage>());
        services.AddHealthChecks().AddCheck<StorageReady>("storage");
        return services.AddSingleton<InstallationSecret>().AddSingleton<SignedUrls>().AddSingleton<PublishedFiles>();
    }
}
