namespace Rpd.Server.Webhooks;

/// <summary>When a delivery that failed is tried again: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h later, a little more so that a crowd spreads.</summary>
public static class RetrySchedule
{
    public const double JitterMost = 0.1;

    public static readonly IReadOnlyList<TimeSpan> Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <param name="failed">Attempts that have failed in this round, at least one.</param>
    /// <param name="random">0 to 1.</param>
    /// <returns>Null when that was the last.</returns>
    public static TimeSpan? After(int failed, double random) => failed > Delays.Count ? null : Delays[failed - 1] * (1 + (JitterMost * random));
}
