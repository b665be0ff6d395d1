using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Notifications;

public static class NotificationKinds
{
    public const string GenerationFailed = "generation.failed", CreditsLow = "credits.low", WebhookPaused = "webhook.paused", WebhookDisabled = "webhook.disabled",
        Follow = "follow", Like = "like", Billing = "billing", Referral = "referral", KeyCap = "key.cap", KeyFrozen = "key.frozen", WorkHidden = "work.hidden";
}

/// <summary>Something an account should know. What belongs together and has not been read yet is one.</summary>
/// <param name="Kind"><c>generation.failed</c>, <c>credits.low</c>, <c>webhook.paused</c>, <c>webhook.disabled</c>, <c>follow</c>, <c>like</c>, <c>billing</c>, <c>referral</c>, <c>key.cap</c>, <c>key.frozen</c> or <c>work.hidden</c>.</param>
/// <param name="Link">A path on this site; null when there is nothing to see.</param>
/// <param name="Count">How often it has happened since it was last read.</param>
/// <param name="CreatedAt">The latest time it happened.</param>
public sealed record NotificationView(Guid Id, string Kind, string Title, string? Link, int Count, bool Read, DateTimeOffset CreatedAt);

/// <summary>After some have been read.</summary>
/// <param name="UnreadCount">Unread ones afterwards.</param>
public sealed record ReadAnswer(long UnreadCount);

/// <summary>A page of notifications.</summary>
/// <param name="UnreadCount">Of all, not only of this page.</param>
public sealed record NotificationListView(bool Success, IReadOnlyList<NotificationView> Data, PageEnd Pagination, long UnreadCount);

/// <summary>Either <c>ids</c> or <c>all</c>.</summary>
public sealed record ReadNotificationsBody
{
    /// <summary>Those that have been read.</summary>
    [Length(0, 100)]
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>True: every one.</summary>
    public bool? All { get; init; }
}
