namespace Rpd.Shared.Accounts;

/// <param name="Device">Browser and system in words, read from the user agent.</param>
public sealed record SessionView(Guid Id, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool Current);

public sealed record AccountView(Guid Id, string Email, string Handle, string DisplayName, string Plan, bool EmailConfirmed, DateTimeOffset CreatedAt);

/// <summary>Who made a public work.</summary>
public sealed record AuthorView(Guid Id, string Handle, string DisplayName, string? AvatarUrl);

/// <summary>How an account is protected beside its password.</summary>
/// <param name="RecoveryCodesLeft">Of those that have not been used.</param>
/// <param name="TrustedBrowsers">Browsers that need no code for a while.</param>
public sealed record SecurityView(bool TwoFactor, int RecoveryCodesLeft, int TrustedBrowsers, IReadOnlyList<PasskeyView> Passkeys);

/// <param name="Synced">True when copies of it lie on other devices of its owner; false when it exists once.</param>
public sealed record PasskeyView(Guid Id, string Name, bool Synced, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);
