using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rpd.Server.Storage;

/// <summary>Whether a file can be stored right now; a full or read-only disk says no.</summary>
public sealed class StorageReady(IStorage storage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await storage.Put("health/ready", new MemoryStream([1]), cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
