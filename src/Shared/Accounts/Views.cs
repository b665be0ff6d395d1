namespace Rpd.Shared.Accounts;

/// <param name="Device">Browser and system in words, read from the user agent.</param>
public sealed record SessionView(Guid Id, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool Current);

public sealed record AccountView(Guid Id, string Email, string Handle, string DisplayName, string Plan, bool EmailConfirmed, DateTimeOffset CreatedAt);

/// <summary>Who made a public work.</summary>
public sealed record AuthorView(Guid Id, string Handle, string DisplayName, string? AvatarUrl);
