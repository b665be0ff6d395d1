using Rpd.Shared.Admin;

namespace Rpd.Server.Announcements;

public static class AnnouncementParts
{
    /// <summary>Every page's layout asks for what is announced.</summary>
    public static IServiceCollection AddAnnouncements(this IServiceCollection services)
    {
        services.AddCascadingValue<IReadOnlyList<AnnouncementView>>(provider => provider.GetRequiredService<AnnouncementBoard>().Current);
        return services.AddSingleton<AnnouncementBoard>();
    }
}
