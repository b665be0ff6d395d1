namespace Rpd.Server;

/// <summary>
/// The program refuses to begin, and the message tells a person what to do about it. It is printed as it stands, without a stack trace.
/// </summary>
public sealed class CannotStart : Exception
{
    public CannotStart(string message) : base(message) { }

    public CannotStart(string message, Exception cause) : base(message, cause) { }
}
