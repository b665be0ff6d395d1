using System.Collections.Concurrent;

namespace Rpd.Server.Jobs;

/// <summary>
/// Wakes this node's workers after a commit. NOTIFY inside the writing transaction would serialise commits, so nothing rings from the database;
/// polling is the safety net for jobs of other nodes and for a bell that was forgotten.
/// </summary>
public sealed class JobBell
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> bells = new();

    public void Ring(string lane)
    {
        try
        {
            Bell(lane).Release();
        }
        catch (SemaphoreFullException)
        {
            // Already ringing: one wake-up makes the worker look at everything that is ready.
            return;
        }
    }

    /// <returns>When rung, or after <paramref name="atMost"/>.</returns>
    public Task Wait(string lane, TimeSpan atMost, CancellationToken cancel) => Bell(lane).WaitAsync(atMost, cancel);

    private SemaphoreSlim Bell(string lane) => bells.GetOrAdd(lane, static _ => new(0, 1));
}
