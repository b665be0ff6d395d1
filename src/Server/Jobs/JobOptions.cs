namespace Rpd.Server.Jobs;

/// <summary>Section <c>Jobs</c>.</summary>
public sealed record JobOptions
{
    /// <summary>How long a claim holds without renewal. A killed server's jobs start again after it.</summary>
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>Generations that run at once on this node. 0 pauses them: they stay queued.</summary>
    public int SlowWorkers { get; init; } = 2;

    public int QuickWorkers { get; init; } = 4;

    /// <summary>The safety net beside the bell.</summary>
    public int PollMilliseconds { get; init; } = 1000;

    /// <summary>How long dead jobs are kept for a look.</summary>
    public int KeepDeadDays { get; init; } = 30;
}
