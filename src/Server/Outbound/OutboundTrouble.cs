using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Rpd.Server.Outbound;

/// <summary>What a broken exchange means to the person who named the address.</summary>
internal static class OutboundTrouble
{
    /// <returns>Null when it is no matter of the network, or the caller himself has had enough.</returns>
    public static OutboundFailure? Explain(Exception fault, TimeSpan within, CancellationToken limit, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return null;
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is OutboundException ours) return ours.Failure;
            if (cause is AuthenticationException) return new(OutboundFault.Failed, "The host's TLS certificate was not accepted.");
            if (cause is SocketException socket && !limit.IsCancellationRequested) return Broken(socket);
        }
        return fault switch
        {
            // The end of our patience tears the connection down, which may be heard of first.
            OperationCanceledException or HttpRequestException or IOException when fault is OperationCanceledException || limit.IsCancellationRequested => new(OutboundFault.TimedOut, string.Create(CultureInfo.InvariantCulture, $"The host was not done within {within.TotalSeconds:0.##} s.")),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(OutboundFault.TooLarge, "The host's answer has too many headers."),
            HttpRequestException or IOException or InvalidDataException => new(OutboundFault.Failed, "The host's answer broke off or was no HTTP."),
            _ => null,
        };
    }

    private static OutboundFailure Broken(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new(OutboundFault.Failed, "The host refused the connection."),
        SocketError.TimedOut => new(OutboundFault.TimedOut, "The host did not answer."),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => new(OutboundFault.Failed, "The host cannot be reached."),
        _ => new(OutboundFault.Failed, "The connection to the host broke off."),
    };
}
