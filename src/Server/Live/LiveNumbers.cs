using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Rpd.Server.Live;

/// <summary>
/// Numbers on open pages. That one has changed is told, never its value: it is read when it is sent, so that two changes at once cannot be sent in the
/// wrong order. A number is sent at once and then four times a second at most, however often it changes; its last value is always sent.
/// </summary>
public sealed class LiveNumbers(IEnumerable<LiveNumber> numbers, NpgsqlDataSource database, IHubContext<LiveHub> hub, NodeBus bus, LiveAudience audience, ILogger<LiveNumbers> log) : IDisposable
{
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly LiveNumber[] known = [.. numbers];
    private readonly Dictionary<(LiveNumber, Guid), Turn> turns = [];
    private readonly Lock gate = new();
    // A crowd of numbers at once must not take the connections of the pages.
    private readonly SemaphoreSlim readers = new(4);
    private long readings;

    /// <param name="here">False when another node told of it.</param>
    public void Changed(LiveNumber number, Guid id, bool here = true)
    {
        lock (gate)
        {
            if (turns.TryGetValue((number, id), out var turn))
            {
                (turn.Again, turn.Here) = (true, turn.Here || here);
                return;
            }
            turns[(number, id)] = new() { Here = here };
        }
        _ = Keep(number, id);
    }

    /// <summary>What another node told. A node of another version may know other numbers.</summary>
    public void Hear(string key, Guid id)
    {
        if (Array.Find(known, number => number.Key == key) is { } number) Changed(number, id, here: false);
    }

    /// <summary>The numbers of some streams at present. A stream without any is closed to everybody.</summary>
    public async Task<(IReadOnlyList<Count> Counts, IReadOnlySet<LiveStream> Open)> Now(IReadOnlyCollection<LiveStream> streams, CancellationToken cancel)
    {
        var (counts, open) = (new List<Count>(), new HashSet<LiveStream>());
        foreach (var number in known)
        {
            var ids = streams.Where(stream => stream.Name == number.Stream).Select(stream => stream.Id).ToArray();
            if (ids.Length == 0) continue;
            foreach (var (id, count) in await Read(number, ids, cancel))
            {
                counts.Add(count);
                open.Add(new(number.Stream, id));
            }
        }
        return (counts, open);
    }

    public void Dispose() => readers.Dispose();

    private async Task Keep(LiveNumber number, Guid id)
    {
        // Whoever tells of a change has something else to do.
        await Task.Yield();
        while (true)
        {
            if (Begin(number, id)) bus.Say(new(id, null, number.Key));
            if (audience.Any(new(number.Stream, id))) await Send(number, id);
            await Task.Delay(Pace);
            lock (gate)
            {
                if (turns[(number, id)].Again) continue;
                turns.Remove((number, id));
                return;
            }
        }
    }

    /// <returns>Whether other nodes have to be told.</returns>
    private bool Begin(LiveNumber number, Guid id)
    {
        lock (gate)
        {
            var turn = turns[(number, id)];
            var here = turn.Here;
            (turn.Again, turn.Here) = (false, false);
            return here;
        }
    }

    private async Task Send(LiveNumber number, Guid id)
    {
        try
        {
            foreach (var (_, count) in await Read(number, [id], CancellationToken.None))
                // Not awaited: a browser that has stopped reading must not hold up everybody else's.
                _ = hub.Clients.Group(new LiveStream(number.Stream, id).Group).SendAsync("count", count);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The number {Key} could not be told; pages catch up when they sync", number.Key);
        }
    }

    private async Task<List<(Guid Id, Count Count)>> Read(LiveNumber number, Guid[] ids, CancellationToken cancel)
    {
        await readers.WaitAsync(cancel);
        try
        {
            var order = Interlocked.Increment(ref readings);
            await using var command = database.CreateCommand(number.Sql);
            command.Parameters.AddWithValue(ids);
            await using var row = await command.ExecuteReaderAsync(cancel);
            var found = new List<(Guid, Count)>();
            while (await row.ReadAsync(cancel)) found.Add((row.GetGuid(0), new(number.Name(row.GetGuid(0)), row.GetInt64(1), order)));
            return found;
        }
        finally
        {
            readers.Release();
        }
    }

    private sealed class Turn
    {
        /// <summary>It has changed once more since it was read.</summary>
        public bool Again { get; set; }

        /// <summary>Of this node's changes; the others do not know of them.</summary>
        public bool Here { get; set; }
    }
}
