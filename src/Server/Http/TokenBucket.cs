namespace Rpd.Server.Http;

/// <summary>A token bucket of <paramref name="perMinute"/> tokens, refilled steadily. Debiting more than is there makes it negative: the debt is waited off.</summary>
public sealed class TokenBucket(int perMinute, long now)
{
    private readonly Lock gate = new();
    private double tokens = perMinute;
    private long filledAt = now;

    public int PerMinute { get; } = perMinute;

    /// <param name="now">A <see cref="TimeProvider"/> timestamp in ticks of 100 ns.</param>
    /// <returns>Whether it was admitted, what is left, and when there is a token again.</returns>
    public Admission Take(int cost, long now)
    {
        lock (gate)
        {
            Fill(now);
            var admitted = tokens >= 1;
            if (admitted) tokens -= cost;
            return Now(admitted);
        }
    }

    /// <summary>Takes all of them or none. What has been taken in vain comes back by a negative <see cref="Debit"/>.</summary>
    public Admission TakeWhole(int cost, long now)
    {
        lock (gate)
        {
            Fill(now);
            var admitted = tokens >= cost;
            if (admitted) tokens -= cost;
            return Now(admitted) with { RetryAfter = admitted ? TimeSpan.Zero : TimeSpan.FromMinutes((cost - tokens) / PerMinute) };
        }
    }

    /// <summary>Takes them whether they are there or not.</summary>
    public Admission Debit(int cost, long now)
    {
        lock (gate)
        {
            Fill(now);
            tokens = Math.Min(PerMinute, tokens - cost);
            return Now(admitted: true);
        }
    }

    public bool Full(long now)
    {
        lock (gate)
        {
            Fill(now);
            return tokens >= PerMinute;
        }
    }

    private Admission Now(bool admitted)
    {
        var wait = tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromMinutes((1 - tokens) / PerMinute);
        return new(admitted, PerMinute, (int)Math.Max(0, tokens), wait, TimeSpan.FromMinutes((PerMinute - tokens) / PerMinute));
    }

    private void Fill(long now)
    {
        if (now <= filledAt) return;
        tokens = Math.Min(PerMinute, tokens + ((now - filledAt) / (double)TimeSpan.TicksPerMinute * PerMinute));
        filledAt = now;
    }
}

/// <param name="RetryAfter">Until one more would be admitted.</param>
/// <param name="Reset">Until the bucket is full.</param>
public readonly record struct Admission(bool Admitted, int Limit, int Remaining, TimeSpan RetryAfter, TimeSpan Reset);
