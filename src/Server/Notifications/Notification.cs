namespace Rpd.Server.Notifications;

/// <summary>Something an account should know. Written by <see cref="Notify"/>.</summary>
public sealed class Notification
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Kind { get; init; }

    /// <summary>Unread ones with the same key are one row.</summary>
    public required string GroupKey { get; init; }
    public required string Title { get; init; }
    public string? Link { get; init; }
    public int Count { get; init; }
    public required Guid[] Actors { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
