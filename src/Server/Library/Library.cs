namespace Rpd.Server.Library;

/// <summary>Everything that one has made, as a list: found by filters, taken together, and changed, fetched or deleted together.</summary>
public static class LibraryParts
{
    public static IServiceCollection AddLibrary(this IServiceCollection services) => services.AddScoped<ChangeTogether>().AddSingleton<DownloadTogether>().AddSingleton<StorageUse>();
}
