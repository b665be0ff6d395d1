using System.Collections.Concurrent;

namespace Rpd.Server.Generations;

/// <summary>The runs of this node, so that a cancellation stops the work at once instead of at the next progress report.</summary>
public sealed class RunningGenerations
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> runs = new();

    public IDisposable Register(Guid id, CancellationTokenSource stop)
    {
        runs[id] = stop;
        return new Registration(this, id, stop);
    }

    public void Stop(Guid id)
    {
        if (!runs.TryGetValue(id, out var stop)) return;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in the same moment.
            return;
        }
    }

    private sealed class Registration(RunningGenerations owner, Guid id, CancellationTokenSource stop) : IDisposable
    {
        public void Dispose() => owner.runs.TryRemove(new(id, stop));
    }
}
