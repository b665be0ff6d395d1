namespace Rpd.Server.Accounts.Profiles;

/// <summary>A handle that somebody gave up and that stays theirs for a while.</summary>
public sealed class FormerHandle
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public required string Handle { get; init; }
    public Guid AccountId { get; init; }
    public DateTimeOffset Until { get; init; }
}
