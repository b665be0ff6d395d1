using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Rpd.Server.Accounts;
using Rpd.Shared.Generations;

namespace Rpd.Server.Live;

/// <summary>The browser's live connection. It carries nudges and answers what is newer; it never renders.</summary>
[Authorize]
public sealed class LiveHub(LiveSource source, LiveSessions sessions) : Hub
{
    private const int SyncMax = 200;

    public static string AccountGroup(Guid account) => $"account:{account:N}";

    public override Task OnConnectedAsync()
    {
        sessions.Opened(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        sessions.Closed(Context);
        return Task.CompletedTask;
    }

    /// <summary>Streams a page may name: <c>account</c>, the viewer's own generations. Anything else is refused.</summary>
    public async Task Subscribe(string[] streams)
    {
        foreach (var stream in streams.Distinct().Take(10))
        {
            if (stream != "account") throw new HubException($"There is no stream '{(stream.Length > 40 ? stream[..40] : stream)}' for you.");
            await Groups.AddToGroupAsync(Context.ConnectionId, AccountGroup(Account));
        }
    }

    /// <summary>What of the shown items has moved on since: the repair after a page load or a lost connection. Other people's items are not answered.</summary>
    public Task<IReadOnlyList<Nudge>> Sync(SyncItem[] items) => source.Newer(Account, [.. items.Take(SyncMax)], Context.ConnectionAborted);

    private Guid Account => Context.User.AccountId()!.Value;
}

public sealed record SyncItem(Guid Id, int Version);
