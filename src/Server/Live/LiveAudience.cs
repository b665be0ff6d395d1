using System.Collections.Concurrent;

namespace Rpd.Server.Live;

/// <summary>How many connections of this node listen to which stream: what nobody looks at is not read.</summary>
public sealed class LiveAudience
{
    private readonly ConcurrentDictionary<LiveStream, int> listeners = new();

    public bool Any(LiveStream stream) => listeners.ContainsKey(stream);

    public void Joined(LiveStream stream) => listeners.AddOrUpdate(stream, 1, (_, count) => count + 1);

    public void Left(LiveStream stream)
    {
        while (listeners.TryGetValue(stream, out var count))
            if (count <= 1 ? listeners.TryRemove(KeyValuePair.Create(stream, count)) : listeners.TryUpdate(stream, count - 1, count)) return;
    }
}
