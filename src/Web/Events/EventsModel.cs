using Rpd.Shared.Events;

namespace Rpd.Web.Events;

/// <param name="Body">As webhooks carry it.</param>
public sealed record EventLine(EventView Event, string Body)
{
    /// <summary>The generation it tells of; null for other events.</summary>
    public Guid? Generation => Event.Event.StartsWith("generation.", StringComparison.Ordinal) && Event.Data.TryGetProperty("id", out var id) && id.TryGetGuid(out var generation) ? generation : null;
}

/// <param name="Kind">Which are shown; null for all.</param>
/// <param name="Cursor">Where this page starts; null at the top.</param>
/// <param name="Newest">The feed's position behind the first event of this page; null when there is none.</param>
public sealed record EventsModel(IReadOnlyList<EventLine> Events, string? NextCursor, string? Kind, string? Cursor, string? Newest, string BaseAddress);
