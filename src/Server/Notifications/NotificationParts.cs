using Rpd.Server.Jobs;

namespace Rpd.Server.Notifications;

/// <summary>What an account should know: reactions to events, and what other features tell through <see cref="Notify"/>.</summary>
public static class NotificationParts
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NotificationQueries>().AddSingleton<ReadNotifications>().AddSingleton<ForgetNotifications>().AddSingleton(Notify.Unread);
        services.AddSingleton<NotificationChoices>().AddSingleton<Unsubscribe>().AddJob<SendNotifications>(SendNotifications.Kind);
        return services.AddJob<NotifyOfEvent>(NotifyOfEvent.Kind);
    }
}
