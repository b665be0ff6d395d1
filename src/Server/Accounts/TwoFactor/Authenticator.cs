namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>The secret that an account shares with an authenticator app.</summary>
public sealed class Authenticator
{
    public Guid AccountId { get; init; }
    public required string SealedSecret { get; init; }
    public long LastStep { get; init; }
    public int FailedCount { get; init; }
    public DateTimeOffset? RestsUntil { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One of ten codes on paper. Only its hash is kept.</summary>
public sealed class RecoveryCode
{
    public Guid AccountId { get; init; }
    public required byte[] Hash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>A browser that need not show a code for a while.</summary>
public sealed class TrustedBrowser
{
    public required byte[] Hash { get; init; }
    public Guid AccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A challenge that has had its answer.</summary>
public sealed class SpentChallenge
{
    public Guid Id { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
