namespace Rpd.Server.Http;

/// <summary>
/// What every page promises to the browser. No inline script or style anywhere, everything from here; media have their own, stricter headers.
/// <c>data:</c> pictures are the native controls' icons.
/// </summary>
public static class SecurityHeaders
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var promise = app.Services.GetRequiredService<PublicAddress>().Secure ? PromiseHttps : Promise;
        app.Use((http, next) =>
        {
            // At the last moment: an error page clears what was set before it.
            http.Response.OnStarting(promise, http.Response.Headers);
            return next(http);
        });
    }

    private static readonly Func<object, Task> Promise = static state =>
    {
        var headers = (IHeaderDictionary)state;
        headers.TryAdd("Content-Security-Policy", Policy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
        return Task.CompletedTask;
    };

    private static readonly Func<object, Task> PromiseHttps = static state =>
    {
        ((IHeaderDictionary)state).StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return Promise(state);
    };
}
