using System.Collections;

namespace Rpd.Server.Telemetry;

/// <summary>Stands before every sink, so that no line leaves with a secret in it, whoever wrote it.</summary>
public sealed class RedactedLogs(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new RedactedLog(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class RedactedLog(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull =>
            inner.BeginScope(new Scope(state, state as IReadOnlyList<KeyValuePair<string, object?>> ?? (state as IEnumerable<KeyValuePair<string, object?>>)?.ToArray() ?? []));

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel)) return;
            var text = Redaction.Of(formatter(state, exception));
            inner.Log(logLevel, eventId, new Line(text, state as IReadOnlyList<KeyValuePair<string, object?>> ?? []), Clean(exception), static (line, _) => line.Text);
        }
    }

    // What broke often quotes what it was given.
    private static Exception? Clean(Exception? fault) => fault?.ToString() is { } whole && Redaction.Of(whole) is { } clean && clean != whole ? new RedactedFault(Redaction.Of(fault.Message), clean) : fault;

    /// <summary>A fault whose own words hold a secret, as it may be read.</summary>
    private sealed class RedactedFault(string message, string text) : Exception(message)
    {
        public override string ToString() => text;
    }

    /// <summary>The text as it may be read, and its parts for those who search by them.</summary>
    private sealed class Line(string text, IReadOnlyList<KeyValuePair<string, object?>> parts) : Parts(parts)
    {
        public string Text => text;

        public override string ToString() => text;
    }

    /// <summary>What a line stands in. Most are never read, so nothing is written before somebody does.</summary>
    private sealed class Scope(object state, IReadOnlyList<KeyValuePair<string, object?>> parts) : Parts(parts)
    {
        public override string ToString() => Redaction.Of(state.ToString() ?? "");
    }

    private abstract class Parts(IReadOnlyList<KeyValuePair<string, object?>> parts) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => parts.Count;

        public KeyValuePair<string, object?> this[int index] => parts[index] is { Value: not (null or ValueType) } part && part.Value.ToString() is { } whole && Redaction.Of(whole) is { } clean && clean != whole
            ? new(part.Key, clean) : parts[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            for (var index = 0; index < Count; index++) yield return this[index];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
