using System.Net;

namespace Rpd.Server.Accounts;

/// <summary>Who probably shares a connection: what one person can change at will (the last part of an address) does not count.</summary>
public static class Network
{
    /// <returns><c>203.0.113.0/24</c> or <c>2001:db8:1::/48</c>; <c>unknown</c> for requests that did not come over a network.</returns>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var kept = bytes.Length == 4 ? 3 : 6;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }

    /// <summary>The peer as people write it.</summary>
    public static string Text(IPAddress? address) =>
        address is null ? "unknown" : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : address.ToString();
}
