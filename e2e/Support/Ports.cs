using System.Net;
using System.Net.Sockets;

namespace Rpd.E2E.Support;

public static class Ports
{
    /// <summary>One that is free on this machine and stays so: ports below 32768 are not lent to outgoing connections.</summary>
    public static int Free()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var port = Random.Shared.Next(10_000, 20_000);
            using var probe = new TcpListener(IPAddress.IPv6Any, port) { Server = { DualMode = true } };
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
        }
        throw new InvalidOperationException("No port between 10000 and 20000 is free.");
    }
}
