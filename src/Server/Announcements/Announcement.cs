namespace Rpd.Server.Announcements;

/// <summary>Something that administrators tell everybody.</summary>
public sealed class Announcement
{
    public Guid Id { get; init; }
    public required string Text { get; init; }
    public required string Level { get; init; }
    public DateTimeOffset FromAt { get; init; }
    public DateTimeOffset? UntilAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
