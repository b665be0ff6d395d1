using System.Collections;
using System.Diagnostics;

namespace Rpd.Server.Http;

/// <summary>Every answer carries <c>X-Request-Id</c>: ours, unique, in every log line. A caller's own id is logged beside it, never trusted.</summary>
public static class RequestIds
{
    public const string Header = "X-Request-Id";

    public static string RequestId(this HttpContext http) => http.TraceIdentifier;

    /// <summary>At the last moment: an error page clears the headers, and a cached page brings those of the request it was drawn for.</summary>
    private static readonly Func<object, Task> Sign = static request =>
    {
        var http = (HttpContext)request;
        http.Response.Headers[Header] = http.TraceIdentifier;
        return Task.CompletedTask;
    };

    public static void UseRequestIds(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Rpd.Requests");
        app.Use(next => async http =>
        {
            http.TraceIdentifier = "req_" + Guid.CreateVersion7().ToString("N");
            http.Response.OnStarting(Sign, http);
            var trace = Activity.Current;
            using (log.BeginScope(new Ids(http.TraceIdentifier, http.Request.Headers.TryGetValue(Header, out var theirs) ? theirs.ToString() : null))) await next(http);
            if (trace is { IsAllDataRequested: true }) Describe(trace, http);
        });
    }

    /// <summary>
    /// By the route and not by the path: paths hold ids, of which there is no end, and queries may hold what is nobody's business. Names of tags: OpenTelemetry's semantic conventions for HTTP.
    /// </summary>
    private static void Describe(Activity trace, HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        trace.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        trace.SetTag("http.request.method", http.Request.Method).SetTag("http.route", route).SetTag("http.response.status_code", http.Response.StatusCode).SetTag("rpd.request_id", http.TraceIdentifier);
    }

    /// <summary>What each log line of a request bears. The text is made when a line is written, which most requests do not do.</summary>
    private sealed class Ids(string ours, string? theirs) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => theirs is null ? 1 : 2;

        public KeyValuePair<string, object?> this[int index] => index switch
        {
            0 => new("RequestId", ours),
            1 when theirs is not null => new("ClientRequestId", theirs[..Math.Min(theirs.Length, 128)]),
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            for (var index = 0; index < Count; index++) yield return this[index];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => theirs is null ? ours : $"{ours} client_request_id:{theirs[..Math.Min(theirs.Length, 128)]}";
    }
}
