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
        var secure = app.Services.GetRequiredService<PublicAddress>().Secure;
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            if (secure) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            return next(http);
        });
    }
}
