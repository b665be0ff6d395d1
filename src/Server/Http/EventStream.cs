using Microsoft.AspNetCore.Http.Features;

namespace Rpd.Server.Http;

/// <summary>An answer of server-sent events, each of which leaves when it is written.</summary>
public static class EventStream
{
    public const string ContentType = "text/event-stream";

    public static void Begin(HttpContext http)
    {
        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-cache";
        // nginx would collect it.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
