using System.Text.Json;

namespace Rpd.Shared.Events;

/// <summary>The events that webhooks and the feed tell.</summary>
public static class EventNames
{
    public const string GenerationCompleted = "generation.completed", GenerationFailed = "generation.failed", CreditsLow = "credits.low";

    public static readonly IReadOnlyList<string> All = [GenerationCompleted, GenerationFailed, CreditsLow];
}

/// <summary>From where to read.</summary>
/// <param name="After">The <c>nextCursor</c> of the visit before; without it from the oldest event that is kept.</param>
public sealed record EventFilter(string? After = null);

/// <summary>Something that happened. Webhooks carry the same under the same id, so that whoever reads both can drop what came twice.</summary>
/// <param name="Id"><c>evt_</c> and 32 hex digits: the header <c>webhook-id</c>.</param>
/// <param name="Event"><c>generation.completed</c>, <c>generation.failed</c> or <c>credits.low</c>.</param>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="Data">
/// Of a generation: <c>id</c>, <c>status</c>, <c>type</c>, <c>provider</c>, <c>model</c>, <c>outputUrls</c> (signed for 7 days), <c>creditsCost</c>,
/// <c>creditsRefunded</c>, <c>error</c> (<c>code</c>, <c>message</c>; null when it completed), <c>completedAt</c>. Of <c>credits.low</c>: <c>balance</c> and
/// <c>threshold</c> in credits. Frozen when the event was stored.
/// </param>
public sealed record EventView(string Id, string Event, DateTimeOffset Timestamp, JsonElement Data);
