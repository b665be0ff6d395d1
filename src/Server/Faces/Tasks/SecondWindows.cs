using System.Collections.Concurrent;
using Rpd.Server.Http;

namespace Rpd.Server.Faces.Tasks;

/// <summary>So many requests of an account in each second, whatever they ask for: the face's own limit, counted by windows as its documentation says. For this node.</summary>
public sealed class SecondWindows(TimeProvider time)
{
    public const int PerSecond = 10;
    private readonly ConcurrentDictionary<Guid, (long Second, int Count)> windows = new();
    private long sweptAt;

    public Admission Take(Guid account)
    {
        var ticks = time.GetUtcNow().UtcTicks;
        var second = ticks / TimeSpan.TicksPerSecond;
        Sweep(second);
        var (_, count) = windows.AddOrUpdate(account, static (_, now) => (now, 1), static (_, last, now) => last.Second == now ? (now, last.Count + 1) : (now, 1), second);
        var left = TimeSpan.FromTicks(TimeSpan.TicksPerSecond - (ticks % TimeSpan.TicksPerSecond));
        return new(count <= PerSecond, PerSecond, Math.Max(0, PerSecond - count), left, left);
    }

    private void Sweep(long second)
    {
        var last = Interlocked.Read(ref sweptAt);
        if (second - last < 60 || Interlocked.CompareExchange(ref sweptAt, second, last) != last) return;
        foreach (var (account, window) in windows)
            if (window.Second < second) windows.TryRemove(new(account, window));
    }
}
