using System.Collections.Concurrent;

namespace Rpd.Server.Database;

/// <summary>
/// Rows that decide about access, read again when they are a second old: a change on another node counts after one second at most, and a busy
/// key or session costs one query a second however many requests it makes. What is not there is never remembered.
/// </summary>
public sealed class RecentRows<TKey, TRow>(TimeProvider time, Func<TKey, CancellationToken, Task<TRow?>> read) where TKey : struct where TRow : class
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private const int Capacity = 50_000;
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<TKey, Reading> readings = new();

    public async ValueTask<TRow?> Get(TKey key, CancellationToken cancel)
    {
        var reading = Current(key);
        if (reading.Row.IsCompletedSuccessfully && reading.Row.Result is { } row) return row;
        try
        {
            // The reading is shared, so one caller that hangs up must not take it from the others.
            var found = await reading.Row.WaitAsync(cancel);
            if (found is null) Drop(key, reading);
            return found;
        }
        catch when (reading.Row.IsFaulted || reading.Row.IsCanceled)
        {
            Drop(key, reading);
            throw;
        }
    }

    /// <summary>After a change of our own, so that on this node it counts at once.</summary>
    public void Forget(TKey key) => readings.TryRemove(key, out _);

    public void ForgetAll() => readings.Clear();

    private Reading Current(TKey key)
    {
        while (true)
        {
            var now = time.GetTimestamp();
            if (!readings.TryGetValue(key, out var known))
            {
                MakeRoom(now);
                var first = new Reading(now, () => Read(key));
                if (readings.TryAdd(key, first)) return first;
            }
            else if (time.GetElapsedTime(known.At, now) < Freshness)
            {
                return known;
            }
            else
            {
                var next = new Reading(now, () => Read(key));
                if (readings.TryUpdate(key, next, known)) return next;
            }
        }
    }

    private async Task<TRow?> Read(TKey key)
    {
        using var limit = new CancellationTokenSource(ReadTimeout);
        return await read(key, limit.Token);
    }

    private void MakeRoom(long now)
    {
        if (readings.Count < Capacity) return;
        foreach (var (key, reading) in readings)
            if (time.GetElapsedTime(reading.At, now) >= Freshness) Drop(key, reading);
        if (readings.Count >= Capacity) readings.Clear();
    }

    private void Drop(TKey key, Reading reading) => readings.TryRemove(KeyValuePair.Create(key, reading));

    /// <summary>Begins when somebody waits for it, which is after it has won its place: its age counts from before the query.</summary>
    private sealed class Reading(long at, Func<Task<TRow?>> begin)
    {
        private readonly Lazy<Task<TRow?>> row = new(begin);

        public long At => at;

        public Task<TRow?> Row => row.Value;
    }
}
