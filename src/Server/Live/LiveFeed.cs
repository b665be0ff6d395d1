using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.SignalR;
using Rpd.Shared.Generations;

namespace Rpd.Server.Live;

/// <summary>
/// Tells open pages what changed, after the commit: this node's at once, other nodes' through <see cref="NodeBus"/>. A nudge is never the truth; the
/// page's own endpoint is. A lost one is repaired by <see cref="LiveHub.Sync"/> and by the next page.
/// </summary>
public sealed class LiveFeed(IHubContext<LiveHub> hub, NodeBus bus, IOutputCacheStore cache, LiveSource source, LiveNumbers numbers, ILogger<LiveFeed> log) : BackgroundService
{
    public const string GalleryTag = "gallery";

    // Bounded: when nobody drains it in time, the oldest nudges are the ones worth least.
    private readonly Channel<Signal> signals = Channel.CreateBounded<Signal>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Tell(Guid account, Nudge nudge) => signals.Writer.TryWrite(new(account, nudge, Local: true));

    /// <summary>A number that pages show has changed.</summary>
    /// <param name="id">What it is a number of: for those of an account's own stream, the account.</param>
    public void TellCount(LiveNumber number, Guid id) => numbers.Changed(number, id);

    /// <summary>Something public appeared or went: cached gallery pages are drawn anew.</summary>
    public void GalleryChanged() => signals.Writer.TryWrite(new(Guid.Empty, null, Local: true));

    /// <summary>What another node told.</summary>
    public void Hear(string message)
    {
        foreach (var signal in JsonSerializer.Deserialize<Signal[]>(message, JsonSerializerOptions.Web) ?? [])
        {
            if (signal.Count is { } key)
            {
                numbers.Hear(key, signal.Account);
                continue;
            }
            signals.Writer.TryWrite(signal with { Local = false });
            if (signal.Nudge is { } nudge) source.HeardElsewhere(nudge);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        bus.Listen(Hear);
        try
        {
            await foreach (var signal in signals.Reader.ReadAllAsync(stopping))
            {
                try
                {
                    if (signal.Local) bus.Say(signal);
                    if (signal.Nudge is null) await cache.EvictByTagAsync(GalleryTag, stopping);
                    // Not awaited: a browser that has stopped reading must not hold up everybody else's. SignalR drops it after a while.
                    else _ = Send(signal.Account, signal.Nudge, stopping);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    log.LogWarning(fault, "The gallery's cache could not be emptied; it lapses by itself");
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Send(Guid account, Nudge nudge, CancellationToken stopping)
    {
        try
        {
            await hub.Clients.Group(LiveHub.AccountGroup(account)).SendAsync("nudge", nudge, stopping);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning(fault, "A nudge could not be sent; pages catch up when they sync");
        }
    }
}

/// <summary>A nudge for an account's pages; or that a number has changed, whose id stands in the account's place; without either: the gallery changed.</summary>
public sealed record Signal(Guid Account, Nudge? Nudge, string? Count = null, [property: System.Text.Json.Serialization.JsonIgnore] bool Local = false);
