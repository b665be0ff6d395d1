namespace Rpd.Server.Notifications;

/// <summary>How an account wants to be told of a kind, once it has said so.</summary>
public sealed class NotificationPreference
{
    public Guid AccountId { get; init; }
    public required string Kind { get; init; }
    public bool Site { get; init; }
    public bool Email { get; init; }
}

/// <summary>What waits for the next letter of its kind.</summary>
public sealed class NotificationLetter
{
    public Guid AccountId { get; init; }
    public required string Kind { get; init; }

    /// <summary>The first of them; <see cref="Waiting"/> counts all.</summary>
    public required string[] Titles { get; init; }
    public string? Link { get; init; }
    public int Waiting { get; init; }
    public DateTimeOffset? SentAt { get; init; }
}
