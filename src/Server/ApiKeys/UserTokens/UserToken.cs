using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys.UserTokens;

/// <summary>A person's credential for an hour: it ends by itself, so it may lie in a notebook or a shell's history without harm for long.</summary>
public sealed class UserToken
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(60);

    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Name { get; init; }
    public required string Last4 { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary>The account's security stamp when the token was made: it ends when that one changes, as with a new password.</summary>
    public required string Stamp { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public string? LastUsedIp { get; init; }

    public UserTokenView View(DateTimeOffset now, string stamp, string? secret = null) => new(Id, Name, Last4, CreatedAt, ExpiresAt, LastUsedAt, LastUsedIp,
        RevokedAt is not null || Stamp != stamp ? "revoked" : ExpiresAt <= now ? "expired" : "active", secret);
}
