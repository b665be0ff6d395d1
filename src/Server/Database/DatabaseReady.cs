using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Rpd.Server.Database;

/// <summary>Whether the database answers.</summary>
public sealed class DatabaseReady(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand("select 1");
        await command.ExecuteScalarAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
