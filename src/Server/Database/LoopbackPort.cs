using System.Net;
using System.Net.Sockets;

namespace Rpd.Server.Database;

internal static class LoopbackPort
{
    /// <summary>The same port as last time when it is free: firewalls and open tools of the operator keep working.</summary>
    public static int Prefer(int port) => port > 0 && Bind(port) is { } free ? free : Any();

    public static int Any() => Bind(0) ?? throw new CannotStart("There is no free port on 127.0.0.1 for the database.");

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
