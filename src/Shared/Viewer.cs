namespace Rpd.Shared;

/// <summary>Who looks at the page: cascaded into every component; null for anonymous visitors.</summary>
/// <param name="Balance">Spendable credits.</param>
/// <param name="TimeZone">IANA name of the zone that times are drawn in; <see cref="TimeZones.Automatic"/> is UTC on the server, and the browser's own where scripts run.</param>
/// <param name="Stamp">Opaque and different for every session: pages reload in full when it changes.</param>
public sealed record Viewer(Guid AccountId, string Handle, string DisplayName, string Email, long Balance, bool IsAdmin, string Stamp,
    string TimeZone = TimeZones.Automatic, string? AvatarUrl = null)
{
    /// <summary>Notifications to be read; 100 stands for that many and more.</summary>
    public long Unread { get; init; }

    /// <summary>How they want to meet works for adults: one of <see cref="Explore.MatureWorks"/>.</summary>
    public string MatureWorks { get; init; } = Explore.MatureWorks.Hide;
}
