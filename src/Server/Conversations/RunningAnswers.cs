using System.Collections.Concurrent;

namespace Rpd.Server.Conversations;

/// <summary>The answers that are being written on this node, so that their readers can stop them.</summary>
public sealed class RunningAnswers
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> byConversation = new();

    /// <returns>Disposed when the answer is written down.</returns>
    public IDisposable Add(Guid conversation, CancellationTokenSource stop)
    {
        byConversation[conversation] = stop;
        return new Entry(() => byConversation.TryRemove(new(conversation, stop)));
    }

    /// <returns>False when nothing is being answered there, or on another node.</returns>
    public async Task<bool> Stop(Guid conversation)
    {
        if (!byConversation.TryGetValue(conversation, out var stop)) return false;
        try
        {
            await stop.CancelAsync();
            return true;
        }
        catch (ObjectDisposedException)
        {
            // It has ended in this very moment.
            return false;
        }
    }

    private sealed class Entry(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
