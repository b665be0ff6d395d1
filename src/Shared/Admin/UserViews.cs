using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Credits;

namespace Rpd.Shared.Admin;

/// <summary>Which accounts to list; everything that is given must fit.</summary>
/// <param name="Q">How an e-mail address, a handle or an id begins.</param>
public sealed record UserFilter(
    [property: StringLength(200)] string? Q = null, [property: StringLength(60)] string? Plan = null,
    [property: OneOf(typeof(UserRoles))] string? Role = null, [property: OneOf(typeof(UserStatuses))] string? Status = null);

public static class UserRoles
{
    public static readonly IReadOnlyList<string> All = ["user", "admin"];
}

public static class UserStatuses
{
    public const string Active = "active", Suspended = "suspended";

    public static readonly IReadOnlyList<string> All = [Active, Suspended, "leaving", "deleted"];
}

/// <summary>An account as administrators list it.</summary>
/// <param name="Role"><c>user</c> or <c>admin</c>.</param>
/// <param name="Status"><c>active</c>, <c>suspended</c>, <c>leaving</c> (its owner has it deleted) or <c>deleted</c>.</param>
/// <param name="Balance">Spendable credits, all buckets together.</param>
public sealed record AdminUserSummary(Guid Id, string Email, string Handle, string DisplayName, string Plan, string Role, string Status, long Balance, DateTimeOffset CreatedAt);

/// <summary>An account as support needs it. Nothing in it opens anything.</summary>
/// <param name="EmailConfirmed">Whether its owner has opened the link in the letter.</param>
/// <param name="Authenticator">Signing in asks for a code.</param>
/// <param name="Passkeys">How many can sign in.</param>
/// <param name="Keys">The newest 20, revoked ones too.</param>
/// <param name="Sessions">Browsers that are signed in, the last seen first; 20 at most.</param>
public sealed record AdminUserView(
    AdminUserSummary User, bool EmailConfirmed, bool Authenticator, int Passkeys, BalanceView Balance, IReadOnlyList<AdminKeyView> Keys, IReadOnlyList<AdminSessionView> Sessions);

/// <summary>A key as far as it may be shown: how it begins and ends.</summary>
/// <param name="State"><c>good</c>, <c>disabled</c>, <c>revoked</c> or <c>expired</c>.</param>
public sealed record AdminKeyView(Guid Id, string Name, string Prefix, string Last4, IReadOnlyList<string> Scopes, string State, DateTimeOffset? LastUsedAt, DateTimeOffset CreatedAt);

/// <summary>A browser that is signed in.</summary>
public sealed record AdminSessionView(string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool SecondFactor);
