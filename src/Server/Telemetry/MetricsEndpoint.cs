using System.Security.Cryptography;
using System.Text;
using Rpd.Server.Accounts;

namespace Rpd.Server.Telemetry;

/// <summary><c>/metrics</c>: for a program with the scrape token and for signed-in administrators. For everybody else it is not there.</summary>
public static class MetricsEndpoint
{
    public static void MapMetrics(this WebApplication app) => app.MapGet("/metrics", (HttpContext http, TelemetryOptions options, Reporting reporting) =>
    {
        if (!http.User.IsAdmin() && !Holds(options.ScrapeToken, http.Request.Headers.Authorization.ToString())) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(reporting.Metrics(), "text/plain; version=0.0.4; charset=utf-8");
    }).ExcludeFromDescription();

    private static bool Holds(string? token, string shown) => !string.IsNullOrEmpty(token)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {token}")), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));
}
