using Microsoft.AspNetCore.Identity;

namespace Rpd.Server.Accounts.Passkeys;

/// <summary>The public half of a key that an account's device, or its password manager, holds.</summary>
public sealed class Passkey
{
    public const int NameLengthMax = 60;

    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required byte[] CredentialId { get; init; }
    public required byte[] PublicKey { get; init; }
    public required string Name { get; init; }
    public long SignCount { get; init; }
    public required string[] Transports { get; init; }
    public bool BackupEligible { get; init; }
    public bool BackedUp { get; init; }
    public required byte[] Attestation { get; init; }
    public required byte[] ClientData { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>As the framework's handler knows it. Every one of ours verifies its user.</summary>
    public UserPasskeyInfo ToInfo() => new(CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports, isUserVerified: true, BackupEligible, BackedUp, Attestation, ClientData) { Name = Name };
}
