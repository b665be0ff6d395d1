namespace Rpd.Server.ApiKeys;

/// <summary>A credential of a program. Only hashes of its secret are kept; rotation keeps the id.</summary>
public sealed class ApiKey
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Name { get; set; }
    public required string Prefix { get; set; }
    public required string Last4 { get; set; }
    public required byte[] Hash { get; set; }
    public byte[]? OldHash { get; set; }
    public DateTimeOffset? OldHashUntil { get; set; }
    public required string[] Scopes { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public long? CapCredits { get; set; }
    public string? CapPeriod { get; set; }
    public string[] AllowedIps { get; set; } = [];

    /// <summary>Shares of the cap, in percent, of which its owner is told.</summary>
    public int[] AlertPercents { get; set; } = [];

    /// <summary>Whether it is frozen when it spends far more than it used to.</summary>
    public bool Watched { get; set; }
    public DateTimeOffset? FrozenAt { get; set; }

    /// <summary>Until then, after a thaw, it is not frozen again.</summary>
    public DateTimeOffset? WatchedFrom { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public string? LastUsedIp { get; set; }
    public DateTimeOffset? DisabledAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    public string Status(DateTimeOffset now) =>
        RevokedAt is not null ? "revoked" : DisabledAt is not null ? "disabled" : FrozenAt is not null ? "frozen" : ExpiresAt <= now ? "expired" : "active";
}

/// <summary>What a capped key has spent in one window of its period.</summary>
public sealed class ApiKeySpend
{
    public Guid ApiKeyId { get; init; }
    public required string Period { get; init; }
    public DateTimeOffset PeriodStart { get; init; }
    public long Spent { get; init; }

    /// <summary>The highest share of the cap, in percent, that its owner was told of.</summary>
    public int AlertedPercent { get; init; }
}
