using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rpd.Server.Jobs;

/// <summary>When each lane last spoke with the queue: by claiming, or while busy by renewing a lease. A lane that is silent for longer than a lease is stuck.</summary>
public sealed class WorkerPulse(JobOptions options, TimeProvider time) : IHealthCheck
{
    private readonly ConcurrentDictionary<string, long> beats = new();

    public void Beat(string lane) => beats[lane] = time.GetTimestamp();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silent = beats.Where(beat => time.GetElapsedTime(beat.Value) > TimeSpan.FromSeconds(Math.Max(options.LeaseSeconds, options.PollMilliseconds / 1000.0 * 3))).Select(beat => beat.Key).ToArray();
        return Task.FromResult(silent.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The {string.Join(" and ", silent)} lane has not asked for work for a while."));
    }
}
