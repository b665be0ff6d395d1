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
            using (log.BeginScope(new Ids(http.TraceIdentifier, http.Request.Headers.TryGetValue(Header, out var theirs) ? theirs.ToString() : null))) await next(http);
        });
    }

    /// <summary>What each log line of a request bears. The text is made when a line is written, which most requests do not do.</summary>
    private sealed class Ids(string ours, string? theirs)
    {
        public override string ToString() => theirs is null ? ours : $"{ours} client_request_id:{theirs[..Math.Min(theirs.Length, 128)]}";
    }
}
