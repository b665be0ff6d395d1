namespace Rpd.Shared;

/// <summary>In which zone somebody reads times.</summary>
public static class TimeZones
{
    /// <summary>Nothing was chosen: the server draws UTC, and a browser with scripts makes it its own time. Who wants UTC has <see cref="Utc"/>.</summary>
    public const string Automatic = "UTC";

    public const string Utc = "Etc/UTC";

    /// <returns>Null for <see cref="Automatic"/>, and for a zone that this machine does not know.</returns>
    public static TimeZoneInfo? Chosen(string? name) => name is null or Automatic ? null : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
}
