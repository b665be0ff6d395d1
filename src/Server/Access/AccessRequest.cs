namespace Rpd.Server.Access;

/// <summary>Somebody without an account who asks for one.</summary>
public sealed class AccessRequest
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string NormalizedEmail { get; init; }

    /// <summary>What they want to do, in their words.</summary>
    public required string Project { get; init; }

    /// <summary>One of <see cref="Rpd.Shared.Access.AccessStates"/>.</summary>
    public required string Status { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>That a mailbox may open an account, once and for a while. The link in its letter is sealed and not stored.</summary>
public sealed class Invite
{
    public Guid Id { get; init; }
    public required string Email { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
}
