using System.Text.Json;

namespace Rpd.Server.Events;

/// <summary>Something that happened, written by the transaction in which it happened. Other features react to these, never to calls.</summary>
public sealed class Event
{
    public long Id { get; init; }

    /// <summary>Null for what stays inside; otherwise the id under which webhooks and the feed tell it.</summary>
    public Guid? Uid { get; init; }

    /// <summary>Set by the database; lets a reader stop before transactions that are still open.</summary>
    public ulong TransactionId { get; init; }
    public Guid AccountId { get; init; }
    public required string Name { get; init; }
    public Guid? SubjectId { get; init; }
    public required JsonElement Data { get; init; }
    public DateTimeOffset At { get; init; }
}
