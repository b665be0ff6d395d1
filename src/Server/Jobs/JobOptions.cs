using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Jobs;

/// <summary>Section <c>Jobs</c>.</summary>
public sealed record JobOptions
{
    /// <summary>How long a claim holds without renewal. A killed server's jobs start again after it.</summary>
    [Range(1, 3600)]
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>Generations that run at once on this node. 0 pauses them: they stay queued.</summary>
    [Range(0, 1000)]
    public int SlowWorkers { get; init; } = 2;

    [Range(0, 1000)]
    public int QuickWorkers { get; init; } = 4;

    /// <summary>The safety net beside the bell.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; init; } = 1000;

    /// <summary>How long dead jobs are kept for a look.</summary>
    [Range(1, 3650)]
    public int KeepDeadDays { get; init; } = 30;
}
