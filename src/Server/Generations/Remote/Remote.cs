using Rpd.Server.Jobs;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Generations.Remote;

/// <summary>
/// Generations that vendors make. Each try is a row (<see cref="Submissions"/>) before it is a call, so whatever breaks, nothing is submitted twice
/// (<see cref="RunAtVendor"/>). Each vendor has workers of its own: one that is slow delays nobody else.
/// </summary>
public static class RemoteParts
{
    public static IServiceCollection AddRemote(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<RemoteOptions>(settings, "Remote");
        services.AddSingleton<Submissions>().AddSingleton<CallbackAddress>().AddSingleton<PrepareJob>().AddSingleton<StoreMade>().AddSingleton<MakePart>().AddSingleton<RunAtVendor>();
        foreach (var vendor in VendorList.Known)
            services.AddSingleton<IHostedService>(provider => Queue.Lane(provider, vendor.Name, provider.GetRequiredService<VendorList>().Hands(vendor.Name)));
        return services;
    }
}
