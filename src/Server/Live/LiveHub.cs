using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Rpd.Server.Accounts;
using Rpd.Shared.Generations;

namespace Rpd.Server.Live;

/// <summary>The browser's live connection. It carries nudges and numbers and answers what is newer; it never renders.</summary>
[Authorize]
public sealed class LiveHub(LiveSource source, IEnumerable<LiveItems> features, LiveSessions sessions, LiveNumbers numbers, LiveAudience audience) : Hub
{
    private const int SyncMax = 200, StreamsMax = 100, PlacesMax = 50;

    public static string AccountGroup(Guid account) => new LiveStream(LiveStream.Account, account).Group;

    public override Task OnConnectedAsync()
    {
        sessions.Opened(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        sessions.Closed(Context);
        foreach (var stream in Joined) audience.Left(stream);
        return Task.CompletedTask;
    }

    /// <summary>
    /// The streams of the page that is open now; those of the page before are left. Works and profiles that this viewer's own page would not show are
    /// not listened to, and a stream that there is not is refused.
    /// </summary>
    /// <returns>The numbers of these streams: what changed while nobody listened is right again.</returns>
    public async Task<IReadOnlyList<Count>> Subscribe(string[] streams)
    {
        var wanted = streams.Distinct().Take(StreamsMax).Select(Read).ToHashSet();
        foreach (var stream in Joined.Except(wanted).ToArray()) await Leave(stream);
        // First listened, then looked: what changes in between is told.
        foreach (var stream in wanted.Except(Joined).ToArray()) await Join(stream);
        var (counts, open) = await numbers.Now(wanted, Context.ConnectionAborted);
        foreach (var stream in wanted.Where(stream => stream.Name != LiveStream.Account && !open.Contains(stream))) await Leave(stream);
        return counts;
    }

    /// <summary>What of the shown items has moved on since: the repair after a page load or a lost connection. Other people's items are not answered.</summary>
    public async Task<IReadOnlyList<Nudge>> Sync(SyncItem[] items)
    {
        var (known, newer) = (items.Take(SyncMax).ToArray(), new List<Nudge>());
        foreach (var feature in features) newer.AddRange(await feature.Newer(Account, known, Context.ConnectionAborted));
        return newer;
    }

    /// <summary>What a list that shows everything new may lack: the account's newest, down to the oldest that it shows.</summary>
    public Task<IReadOnlyList<Nudge>> Started(Guid? oldestShown) => source.Started(Account, oldestShown, Context.ConnectionAborted);

    /// <summary>Where runs that wait stand now. Pages ask, because what moves ahead is mostly other people's, of which they are not told.</summary>
    public Task<IReadOnlyList<QueuePlace>> Places(Guid[] ids) => source.Places(Account, [.. ids.Take(PlacesMax)], Context.ConnectionAborted);

    private Guid Account => Context.User.AccountId()!.Value;

    private HashSet<LiveStream> Joined => (HashSet<LiveStream>)(Context.Items["streams"] ??= new HashSet<LiveStream>());

    private LiveStream Read(string stream) =>
        LiveStream.Read(stream, Account) ?? throw new HubException($"There is no stream '{(stream.Length > 60 ? stream[..60] : stream)}' for you.");

    private Task Join(LiveStream stream)
    {
        if (Joined.Add(stream)) audience.Joined(stream);
        return Groups.AddToGroupAsync(Context.ConnectionId, stream.Group);
    }

    private Task Leave(LiveStream stream)
    {
        if (Joined.Remove(stream)) audience.Left(stream);
        return Groups.RemoveFromGroupAsync(Context.ConnectionId, stream.Group);
    }
}

public sealed record SyncItem(Guid Id, int Version);
