using System.Globalization;
using System.Net;

namespace Rpd.Server.Outbound;

/// <summary>What may be reached. Every objection is one sentence for the person who named the address; none tells what a name resolves to.</summary>
public sealed class OutboundRules(OutboundOptions options)
{
    private readonly AllowedHost[] allowed = [.. OutboundOptions.Parts(options.AllowedHosts).Select(part => AllowedHost.Parse(part)!)];
    private readonly HashSet<int> ports = [.. OutboundOptions.Parts(options.Ports).Select(port => int.Parse(port, CultureInfo.InvariantCulture))];

    /// <summary>What can be said before the name is resolved. Null: nothing against it so far.</summary>
    /// <param name="plainHttp">False: http only to allowed hosts.</param>
    public string? Objection(Uri address, bool plainHttp)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https")) return "The address must begin with http:// or https://.";
        if (address.UserInfo.Length > 0) return "The address may not contain a user name or a password.";
        if (address.Host.Length == 0) return "The address names no host.";
        var tls = address.Scheme == "https";
        if (IPAddress.TryParse(address.DnsSafeHost, out var literal)) return Objection(address.IdnHost, address.Port, tls || plainHttp, [literal]);
        // A name may still lead into an allowed block; then only connecting shows what it may do.
        if (allowed.Any(one => one.Fits(address.IdnHost, address.Port) || one.Block is not null)) return null;
        return Objection(address.Port, tls || plainHttp);
    }

    /// <summary>The whole judgement, when a connection is made to one of <paramref name="addresses"/>. All of them must be good: a mixture is a trick.</summary>
    /// <param name="open">Whether the scheme is fine for hosts that are not on the list.</param>
    public string? Objection(string host, int port, bool open, IReadOnlyList<IPAddress> addresses)
    {
        if (allowed.Any(one => one.Fits(host, port))) return null;
        foreach (var address in addresses)
        {
            var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            if (allowed.Any(one => one.Fits(bare, port))) continue;
            if (!PublicInternet.Has(bare)) return NotPublic(host);
            if (Objection(port, open) is { } objection) return objection;
        }
        return null;
    }

    /// <summary>The same for a name that does not exist and one that leads inside, so that nobody learns which names exist there.</summary>
    public static string NotPublic(string host) => $"The host {host} has no address on the public internet.";

    private string? Objection(int port, bool open) => !open ? "The address must begin with https://."
        : !ports.Contains(port) ? $"Port {port.ToString(CultureInfo.InvariantCulture)} is not allowed; these are: {string.Join(", ", ports.Order())}." : null;
}
