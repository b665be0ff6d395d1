using Microsoft.Extensions.Options;

namespace Rpd.Server;

/// <summary>
/// The program refuses to begin, and the message tells a person what to do about it. It is printed as it stands, without a stack trace.
/// </summary>
public sealed class CannotStart : Exception
{
    public CannotStart(string message) : base(message) { }

    public CannotStart(string message, Exception cause) : base(message, cause) { }

    /// <summary>What to tell the operator when it was a setting and not a bug that stopped the program; null for a bug.</summary>
    public static string? Said(Exception fault) => fault switch
    {
        CannotStart => fault.Message,
        OptionsValidationException wrong => string.Join('\n', wrong.Failures),
        AggregateException several when several.InnerExceptions.All(one => Said(one) is not null) => string.Join('\n', several.InnerExceptions.Select(Said)),
        // A value that is of another type than its setting: the binder names both.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => fault.Message,
        _ => null,
    };
}
