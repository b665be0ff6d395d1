using System.Net;
using System.Net.Sockets;

namespace Rpd.Server.Outbound;

/// <summary>
/// Which addresses belong to the public internet (IANA's special-purpose registries). Everything else is somebody's inside: private, loopback, link-local
/// with the metadata services of clouds, carrier NAT, multicast, documentation, benchmarks.
/// </summary>
public static class PublicInternet
{
    private static readonly IPNetwork[] Inside4 = Blocks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Only this is handed out as global unicast; from it come off: protocol assignments with Teredo and benchmarks, documentation, 6to4, AS112.
    private static readonly IPNetwork Unicast6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Inside6 = Blocks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "3ffe::/16");

    // Networks without IPv4 reach it through these; what counts is the address inside.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Has(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Has(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork) return !Inside4.Any(block => block.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0) return false;
        if (Nat64.Contains(address)) return Has(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return Unicast6.Contains(address) && !Inside6.Any(block => block.Contains(address));
    }

    private static IPNetwork[] Blocks(params string[] blocks) => [.. blocks.Select(block => IPNetwork.Parse(block))];
}
