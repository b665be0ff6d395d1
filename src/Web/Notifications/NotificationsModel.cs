using Rpd.Shared;
using Rpd.Shared.Notifications;

namespace Rpd.Web.Notifications;

/// <param name="UnreadOnly">Those that have been read are left out.</param>
/// <param name="Cursor">Where this page starts; null at the top.</param>
/// <param name="Unread">Of all, not only of this page.</param>
public sealed record NotificationsModel(Page<NotificationView> Notifications, bool UnreadOnly, string? Cursor, long Unread)
{
    public string Address => UnreadOnly ? "/notifications?show=unread" : "/notifications";
}

/// <summary>One has been marked as read.</summary>
public sealed record ReadModel(NotificationView Notification, long Unread);
