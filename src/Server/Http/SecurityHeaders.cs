using Rpd.Server.Storage;

namespace Rpd.Server.Http;

/// <summary>
/// What every page promises to the browser. No inline script or style anywhere, everything from here, or from the storage that our media
/// addresses lead to; media have their own, stricter headers.
/// <c>data:</c> pictures are the native controls' icons.
/// </summary>
public static class SecurityHeaders
{
    private static string Policy(string storage) => "default-src 'none'; script-src 'self'; style-src 'self'; " +
        $"img-src 'self' data: blob:{storage}; media-src 'self' blob:{storage}; font-src 'self'; connect-src 'self'{storage}; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var secure = app.Services.GetRequiredService<PublicAddress>().Secure;
        var policy = Policy(app.Services.GetRequiredService<IStorage>().Origin is { } storage ? " " + storage : "");
        Func<object, Task> promise = state =>
        {
            var headers = (IHeaderDictionary)state;
            if (secure) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            headers.TryAdd("Content-Security-Policy", policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
            return Task.CompletedTask;
        };
        app.Use((http, next) =>
        {
            // At the last moment: an error page clears what was set before it.
            http.Response.OnStarting(promise, http.Response.Headers);
            return next(http);
        });
    }
}
