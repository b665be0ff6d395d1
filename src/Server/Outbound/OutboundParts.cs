using System.Net;

namespace Rpd.Server.Outbound;

/// <summary>Calls to addresses that users name.</summary>
public static class OutboundParts
{
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<OutboundOptions>(settings, "Outbound");
        services.AddSingleton<ResolveName>(Dns.GetHostAddressesAsync);
        return services.AddSingleton<OutboundRules>().AddSingleton<OutboundHttp>();
    }
}
