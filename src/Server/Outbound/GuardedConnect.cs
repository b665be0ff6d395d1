using System.Net;
using System.Net.Sockets;

namespace Rpd.Server.Outbound;

/// <summary>The addresses of a host name. Exchangeable, so that a test can play a name server that lies.</summary>
public delegate Task<IPAddress[]> ResolveName(string host, CancellationToken cancel);

/// <summary>
/// Opens the connections of the outbound client. The name is resolved here, every address is judged, and the very address that was judged is connected:
/// a name server that answers differently the second time is never asked a second time.
/// </summary>
internal sealed class GuardedConnect(OutboundRules rules, ResolveName resolve, bool plainHttp)
{
    public async ValueTask<Stream> Run(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Resolve(host, cancel);
        var open = plainHttp || context.InitialRequestMessage.RequestUri!.Scheme == "https";
        if (rules.Objection(host, port, open, addresses) is { } objection) throw new OutboundException(OutboundFault.Refused, objection);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> Resolve(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        try
        {
            var addresses = await resolve(host, cancel);
            if (addresses.Length > 0) return addresses;
        }
        catch (SocketException fault)
        {
            throw new OutboundException(OutboundFault.Unresolvable, OutboundRules.NotPublic(host), fault);
        }
        throw new OutboundException(OutboundFault.Unresolvable, OutboundRules.NotPublic(host));
    }
}
