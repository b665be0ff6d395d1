using Rpd.Server.Catalog;

namespace Rpd.Server.ProviderKeys;

/// <summary>
/// Accounts may bring keys of their own for vendors. They lie sealed, are shown to nobody but the vendor, and what runs with them costs the platform's fee
/// (<see cref="OwnKeys"/>). Whether it does is decided when a run is started, and written on it.
/// </summary>
public static class ProviderKeyParts
{
    public static IServiceCollection AddProviderKeys(this IServiceCollection services) =>
        services.AddSingleton<SealKeys>().AddSingleton<TryKey>().AddSingleton<IOwnKeys, StoredKeys>().AddScoped<KeepKeys>();
}
