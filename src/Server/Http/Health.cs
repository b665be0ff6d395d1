using System.Reflection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rpd.Server.OpenApi;
using Rpd.Shared;

namespace Rpd.Server.Http;

public static class Health
{
    private static readonly string Version = typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary><c>/health</c> touches nothing; <c>/health/ready</c> runs what the parts have registered as their health checks.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods("/health", ["GET", "HEAD"], () => Results.Json(new HealthView("ok", Version), ApiAnswers.Json))
            .Describe("Check the health", "Whether the server answers. It asks nobody else.").GivesBare<HealthView>();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write })
            // It writes a file and anybody may ask: once a second is enough.
            .CacheOutput(policy => policy.Expire(TimeSpan.FromSeconds(1)).SetVaryByQuery([]).SetVaryByHost(false))
            .Describe("Check the readiness", "Whether the server can work: its database, its storage and its workers.")
            .GivesBare<ReadinessView>().GivesBare<ReadinessView>(503, """{"status":"unavailable","checks":{"database":"ok","worker":"ok","storage":"failed"}}""");
    }

    private static Task Write(HttpContext http, HealthReport report)
    {
        var ready = report.Status == HealthStatus.Healthy;
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status == HealthStatus.Healthy ? "ok" : "failed");
        return http.Response.WriteAsJsonAsync(new ReadinessView(ready ? "ok" : "unavailable", checks, ready ? null : http.RequestId()), ApiAnswers.Json);
    }
}
