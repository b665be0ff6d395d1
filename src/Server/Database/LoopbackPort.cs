using System.Net;
using System.Net.Sockets;

namespace Rpd.Server.Database;

internal static class LoopbackPort
{
    // Below those that systems lend to outgoing connections (Linux from 32768, others from 49152) and that clusters give to services (30000 to 32767): nobody takes one by chance.
    private const int First = 20_000, End = 30_000, Tries = 1000;

    /// <summary>The same port as last time when it is free: firewalls and open tools of the operator keep working.</summary>
    public static int Prefer(int port) => port > 0 && Bind(port) is { } free ? free : Any();

    public static int Any() => Enumerable.Range(0, Tries).Select(_ => Bind(Random.Shared.Next(First, End))).FirstOrDefault(port => port is not null)
        ?? throw new CannotStart($"There is no free port between {First} and {End} on 127.0.0.1.");

    private static int? Bind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return null;
        }
    }
}
