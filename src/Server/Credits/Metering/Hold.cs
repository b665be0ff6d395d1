namespace Rpd.Server.Credits.Metering;

/// <summary>What one call may cost at most, held back for it. Disposed without <see cref="Charge"/> it has cost nothing, and counts as failed.</summary>
public sealed class Hold : IDisposable
{
    private readonly Lease lease;
    private readonly UsageKey usage;
    private readonly TimeProvider time;
    private int ended;

    internal Hold(Lease lease, long credits, UsageKey usage, TimeProvider time) => (this.lease, Credits, this.usage, this.time) = (lease, credits, usage, time);

    /// <summary>Held back.</summary>
    public long Credits { get; }

    /// <summary>The call is answered. Once; what it held beyond that is free again at once, and the price is booked within a quarter of a second.</summary>
    /// <param name="credits">More than was held is taken only as far as there is something set aside: the house bears the rest.</param>
    /// <returns>What it has cost.</returns>
    public long Charge(long credits, long inputTokens = 0, long outputTokens = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        if (Interlocked.Exchange(ref ended, 1) == 1) throw new InvalidOperationException("This call has been charged.");
        return lease.End(Credits, credits, usage, new(1, 0, 0, inputTokens, outputTokens), time.GetTimestamp());
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0) lease.End(Credits, 0, usage, new(1, 1, 0, 0, 0), time.GetTimestamp());
    }
}
