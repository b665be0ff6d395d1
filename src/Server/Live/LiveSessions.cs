using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Rpd.Server.Accounts;

namespace Rpd.Server.Live;

/// <summary>
/// An open connection was let in once; this closes it when its session has ended meanwhile (signed out elsewhere, suspended). One query for all
/// connections of this node, every few seconds.
/// </summary>
public sealed class LiveSessions(Sessions sessions, TimeProvider time, ILogger<LiveSessions> log) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, HubCallerContext> open = new();

    public void Opened(HubCallerContext connection) => open[connection.ConnectionId] = connection;

    public void Closed(HubCallerContext connection) => open.TryRemove(connection.ConnectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) await Check(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Check(CancellationToken cancel)
    {
        var connections = open.Values.ToArray();
        if (connections.Length == 0) return;
        try
        {
            var good = await sessions.StillGood([.. connections.Select(connection => connection.User.SessionId()).OfType<Guid>().Distinct()], cancel);
            foreach (var connection in connections)
                if (connection.User.SessionId() is not { } session || !good.Contains(session)) connection.Abort();
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(fault, "Live connections could not be held against their sessions; next try in {Period}", Period);
        }
    }
}
