namespace Rpd.Shared.ApiKeys;

/// <summary>A person's token of an hour, without its secret.</summary>
/// <param name="Last4">The secret's last four characters.</param>
/// <param name="Status"><c>active</c>, <c>expired</c> or <c>revoked</c>, also by a new password.</param>
/// <param name="Secret">Only in the answer that made it.</param>
public sealed record UserTokenView(
    Guid Id, string Name, string Last4, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, string? LastUsedIp, string Status, string? Secret = null);

/// <summary>As typed.</summary>
public sealed record UserTokenForm
{
    public string? Name { get; init; }
}
