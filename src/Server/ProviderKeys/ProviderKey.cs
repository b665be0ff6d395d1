using Rpd.Shared.ProviderKeys;

namespace Rpd.Server.ProviderKeys;

/// <summary>An account's own credentials at a vendor.</summary>
public sealed class ProviderKey
{
    public Guid AccountId { get; init; }
    public required string Provider { get; init; }

    /// <summary>See <see cref="SealKeys"/>.</summary>
    public required string SealedCredentials { get; init; }

    /// <summary>By which its owner tells it from others.</summary>
    public required string Hint { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>When the vendor last took it; null while nobody knows.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    public ProviderKeyView View(string? notice = null) => new(Provider, Hint, CreatedAt, UsedAt, CheckedAt, notice);
}
