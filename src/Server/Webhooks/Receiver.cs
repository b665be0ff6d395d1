using System.Diagnostics;

namespace Rpd.Server.Webhooks;

/// <summary>
/// What this node has in hand for one receiver: a few attempts under way, the rest waiting. One that lets an attempt hang for a second is slow: it gets
/// two at a time and nothing to wait for, until it has answered quickly again. Not thread-safe; <see cref="DeliverWebhooks"/> locks.
/// </summary>
internal sealed class Receiver(Guid target, int concurrency)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const int SlowConcurrency = 2;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5), LongestDelay = TimeSpan.FromMinutes(10), Remembered = TimeSpan.FromMinutes(1);
    private readonly Queue<ClaimedDelivery> waiting = new();
    private readonly Dictionary<Guid, long> running = [];
    private TimeSpan delay = FirstDelay;
    private long putOff;
    private long ended = Stopwatch.GetTimestamp();

    public Guid Target => target;

    public bool Slow { get; private set; }

    public int Held => running.Count + waiting.Count;

    public bool Full => Slow ? running.Count >= SlowConcurrency : Held >= concurrency * 8;

    /// <summary>Nothing in hand, and nothing worth remembering.</summary>
    public bool Idle => Held == 0 && (!Slow || Stopwatch.GetElapsedTime(ended) > Remembered);

    public void Add(ClaimedDelivery delivery) => waiting.Enqueue(delivery);

    /// <summary>Takes the next to be tried, when there is a free place.</summary>
    public ClaimedDelivery? Start()
    {
        if (running.Count >= (Slow ? SlowConcurrency : concurrency) || !waiting.TryDequeue(out var next)) return null;
        running[next.Id] = Stopwatch.GetTimestamp();
        return next;
    }

    public void Ended(Guid delivery)
    {
        ended = Stopwatch.GetTimestamp();
        if (!running.Remove(delivery, out var since)) return;
        Slow = Stopwatch.GetElapsedTime(since, ended) > Patience;
        if (!Slow) (delay, putOff) = (FirstDelay, 0);
    }

    /// <summary>Looks at the clock.</summary>
    /// <returns>What is to be given back, because it would wait for nothing.</returns>
    public IReadOnlyList<ClaimedDelivery> Judge()
    {
        Slow |= running.Values.Any(since => Stopwatch.GetElapsedTime(since) > Patience);
        return Slow && waiting.Count > 0 ? Drain() : [];
    }

    public IReadOnlyList<ClaimedDelivery> Drain()
    {
        ClaimedDelivery[] all = [.. waiting];
        waiting.Clear();
        return all;
    }

    /// <summary>By how much its backlog should be put off now; null: not now. Twice as long each time, so that a large backlog is not written all the time.</summary>
    public TimeSpan? PutOff()
    {
        if (!Slow || running.Count == 0 || (putOff != 0 && Stopwatch.GetElapsedTime(putOff) < delay / 4)) return null;
        putOff = Stopwatch.GetTimestamp();
        var now = delay;
        delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        return now;
    }
}
