using System.Diagnostics.CodeAnalysis;

namespace Rpd.Server.Outbound;

public enum OutboundFault
{
    /// <summary>Our rules forbid the address, or one it redirected to.</summary>
    Refused,

    /// <summary>The host's name has no address.</summary>
    Unresolvable,
    TimedOut,
    TooLarge,

    /// <summary>No connection, broken TLS, no HTTP, or (for downloads) a status other than 2xx.</summary>
    Failed,
}

/// <param name="Message">One sentence for the person who named the address.</param>
public sealed record OutboundFailure(OutboundFault Fault, string Message);

/// <summary>An answer, or why there is none. What other people's servers do is data, never an exception.</summary>
public readonly record struct OutboundResult<T>(T? Answer, OutboundFailure? Failure) where T : class
{
    [MemberNotNullWhen(false, nameof(Answer))]
    [MemberNotNullWhen(true, nameof(Failure))]
    public bool Failed => Failure is not null;

    public static implicit operator OutboundResult<T>(T answer) => new(answer, null);

    public static implicit operator OutboundResult<T>(OutboundFailure failure) => new(null, failure);
}

/// <param name="Body">The beginning of the answer's body, as far as it was asked for.</param>
/// <param name="Header">The first value of a header; null without it.</param>
public sealed record Posted(int Status, Func<string, string?> Header, byte[] Body);

/// <param name="ContentType">As the host claims; believe what the bytes say.</param>
/// <param name="Address">Where it came from after all redirects.</param>
public sealed record Downloaded(long Bytes, string? ContentType, Uri Address);

internal sealed class OutboundException(OutboundFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public OutboundFailure Failure { get; } = new(fault, message);
}
