using System.Collections.Concurrent;

namespace Rpd.Server.Accounts;

/// <summary>
/// Counts what strangers do, in this process: enough to make guessing slow, and nothing that could lock a person out for good.
/// </summary>
public sealed class Attempts(TimeProvider time)
{
    private const int Capacity = 100_000;
    private readonly ConcurrentDictionary<(string What, string Who), Window> windows = new();

    /// <summary>Takes one of <paramref name="most"/> attempts per window. Taken before the work, so that a burst in parallel counts whole.</summary>
    /// <returns>Null when there was one left; else how long to wait.</returns>
    public TimeSpan? Take(string what, string who, int most, TimeSpan per)
    {
        if (windows.Count >= Capacity) Sweep();
        var now = time.GetUtcNow();
        var window = windows.AddOrUpdate((what, who), _ => new(now + per, 1), (_, old) => old.Ends <= now ? new(now + per, 1) : old with { Count = old.Count + 1 });
        return window.Count <= most ? null : window.Ends - now;
    }

    /// <summary>For an attempt that turned out to be nobody's guess.</summary>
    public void GiveBack(string what, string who)
    {
        if (windows.TryGetValue((what, who), out var window)) windows.TryUpdate((what, who), window with { Count = window.Count - 1 }, window);
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (key, window) in windows)
            if (window.Ends <= now) windows.TryRemove(KeyValuePair.Create(key, window));
        // Full of running windows: somebody commands very many networks. Forgetting beats running out of memory.
        if (windows.Count >= Capacity) windows.Clear();
    }

    private sealed record Window(DateTimeOffset Ends, int Count);
}
