using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.ApiKeys;

/// <summary>A key for a program.</summary>
public sealed record NewApiKeyBody
{
    /// <summary>For people: where it is used.</summary>
    [StringLength(80)]
    public required string Name { get; init; }

    /// <summary>What it may do; none that the calling key lacks.</summary>
    [OneOf(typeof(GrantableScopes)), Length(1, 20)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>In the next ten years. Without it, the key does not end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The most that it may spend.</summary>
    public KeyCapBody? Cap { get; init; }

    /// <summary>Addresses or CIDR blocks it may be used from. Without any: from everywhere.</summary>
    [Length(0, 50)]
    public IReadOnlyList<string>? AllowedIps { get; init; }

    /// <summary>Default <c>rpd_sk</c>.</summary>
    [OneOf(typeof(KeyPrefixes))]
    public string? Prefix { get; init; }

    /// <summary>A test key: Sandbox plays every model, test credits pay, and nothing can be published. It takes no cap.</summary>
    public bool? Test { get; init; }
}

/// <summary>Both members and nothing else: what was mistyped must not pass for no cap.</summary>
public sealed record KeyCapBody
{
    [Range(1, 1_000_000_000)]
    public required long Credits { get; init; }

    /// <summary>In UTC; weeks begin on Monday.</summary>
    [OneOf(typeof(CapPeriods))]
    public required string Period { get; init; }
}

/// <summary>What is not mentioned stays; null lifts a limit.</summary>
public sealed record ApiKeyChangesBody
{
    [StringLength(80)]
    public string? Name { get; init; }

    /// <summary>Null for none.</summary>
    public KeyCapBody? Cap { get; init; }

    /// <summary>Null or empty for everywhere.</summary>
    [Length(0, 50)]
    public IReadOnlyList<string>? AllowedIps { get; init; }

    /// <summary>A disabled key is refused until it is enabled again.</summary>
    public bool? Disabled { get; init; }
}

/// <summary>How a key gets a new secret.</summary>
public sealed record KeyRotationBody
{
    /// <summary>How long the old secret lives on. Default 0.</summary>
    [Range(0, 7)]
    public int? GraceDays { get; init; }
}

public static class GrantableScopes
{
    public static readonly IReadOnlyList<string> All = Scopes.Grantable;
}

public static class CapPeriods
{
    public static readonly IReadOnlyList<string> All = ["day", "week", "month", "total"];
}

public static class KeyPrefixes
{
    public static readonly IReadOnlyList<string> All = ["rpd_sk", "rk_live", "rpd_sk_test"];
}
