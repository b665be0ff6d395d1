using System.Net;

namespace Rpd.Server.Outbound;

/// <summary>One entry of <c>Outbound:AllowedHosts</c>: a name or a block of addresses, on one port or (null) on all.</summary>
public sealed record AllowedHost(string? Name, IPNetwork? Block, int? Port)
{
    /// <returns>Null when it is none.</returns>
    public static AllowedHost? Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var block)) return new(null, block, null);
        // With brackets there may be a port behind them, which that parser would drop.
        if (!text.StartsWith('[') && IPAddress.TryParse(text, out var alone)) return new(null, Single(alone), null);
        if (!Uri.TryCreate("any://" + text, UriKind.Absolute, out var address) || address.Host.Length == 0 || address.UserInfo.Length > 0 || address.PathAndQuery.Trim('/').Length > 0) return null;
        int? port = address.Port > 0 ? address.Port : null;
        return IPAddress.TryParse(address.Host, out var literal) ? new(null, Single(literal), port) : new(Bare(address.IdnHost), null, port);
    }

    public bool Fits(string host, int port) => Name is not null && Name == Bare(host) && Fits(port);

    public bool Fits(IPAddress address, int port) => Block?.Contains(address) == true && Fits(port);

    private bool Fits(int port) => Port is null || Port == port;

    private static IPNetwork Single(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);

    /// <summary>A dot at the end names the same host.</summary>
    private static string Bare(string host) => host.TrimEnd('.').ToLowerInvariant();
}
