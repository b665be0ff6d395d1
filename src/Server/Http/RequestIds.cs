namespace Rpd.Server.Http;

/// <summary>Every answer carries <c>X-Request-Id</c>: ours, unique, in every log line. A caller's own id is logged beside it, never trusted.</summary>
public static class RequestIds
{
    public const string Header = "X-Request-Id";

    public static string RequestId(this HttpContext http) => http.TraceIdentifier;

    public static void UseRequestIds(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Rpd.Requests");
        app.Use(next => http =>
        {
            http.TraceIdentifier = "req_" + Guid.CreateVersion7().ToString("N");
            http.Response.Headers[Header] = http.TraceIdentifier;
            // Read before the scope: the scope's strings cost more than the request when nobody asked for them.
            if (!http.Request.Headers.TryGetValue(Header, out var theirs)) return next(http);
            return Scoped(next, http, log, theirs.ToString());
        });
    }

    private static async Task Scoped(RequestDelegate next, HttpContext http, ILogger log, string theirs)
    {
        using (log.BeginScope("client_request_id:{ClientRequestId}", theirs.Length > 128 ? theirs[..128] : theirs)) await next(http);
    }
}
