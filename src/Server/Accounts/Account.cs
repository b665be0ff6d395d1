using Microsoft.AspNetCore.Identity;

namespace Rpd.Server.Accounts;

/// <summary>Somebody who can sign in, owns keys and credits, and is shown to others by their handle.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public const string User = "user", Admin = "admin";
    public const string Active = "active", Suspended = "suspended", Leaving = "leaving", Deleted = "deleted";

    public required string Handle { get; set; }
    public required string DisplayName { get; set; }
    public required string Plan { get; set; }
    public string Role { get; set; } = User;
    public string Status { get; set; } = Active;
    public string TimeZone { get; set; } = "UTC";

    /// <summary>How they want to meet works for adults: <see cref="Rpd.Shared.Explore.MatureWorks"/>.</summary>
    public string MatureWorks { get; set; } = Rpd.Shared.Explore.MatureWorks.Hide;

    /// <summary>Names the picture: see <see cref="Avatars.Avatar"/>.</summary>
    public Guid? Avatar { get; set; }

    /// <summary>While <see cref="Leaving"/>: until when its owner may take that back.</summary>
    public DateTimeOffset? DeleteAfter { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One signed-in browser. The cookie carries its id, so that ending the row ends the session.</summary>
public sealed class Session
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string UserAgent { get; init; }
    public required string Address { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When a code or a passkey was last shown; null for a password alone.</summary>
    public DateTimeOffset? SecondFactorAt { get; set; }

    /// <summary>When the password, a code or a passkey was last shown since signing in.</summary>
    public DateTimeOffset? ProvedAt { get; set; }
}

/// <summary>Proof that a mailbox, however it is spelled, has had its welcome credits.</summary>
public sealed class WelcomeGrant
{
    public required string Mailbox { get; init; }
    public Guid AccountId { get; init; }
    public required string Network { get; init; }
    public DateOnly Day { get; init; }
}

public sealed class DataProtectionKeyRow
{
    public int Id { get; init; }
    public required string FriendlyName { get; init; }
    public required string Xml { get; init; }
}

/// <summary>A fact of this installation, such as a protected signing secret.</summary>
public sealed class InstallationFact
{
    public required string Name { get; init; }
    public required string Value { get; set; }
}
