namespace Rpd.Shared.ApiKeys;

public static class Scopes
{
    public const string Generate = "generate", Read = "read", Social = "social", Chat = "chat", Analyze = "analyze",
        Billing = "billing", Manage = "manage", Admin = "admin";

    /// <summary>What a person may put on a key. <c>admin</c> gets onto a key by the command line only.</summary>
    public static readonly IReadOnlyList<string> Grantable = [Generate, Read, Social, Chat, Analyze, Billing, Manage];

    /// <summary>What a person's session elsewhere or token of an hour may do: what people do. Money, keys and administration are for the dashboard.</summary>
    public static readonly IReadOnlyList<string> Personal = [Generate, Read, Social, Chat, Analyze];

    /// <summary>What a new key may do unless somebody says otherwise: everything that the documentation shows but changing keys.</summary>
    public static readonly IReadOnlyList<string> Usual = [Generate, Read, Social, Chat, Analyze, Billing];
}

/// <summary>How much a key may spend.</summary>
/// <param name="Period"><c>day</c>, <c>week</c>, <c>month</c> (UTC) or <c>total</c>.</param>
/// <param name="Spent">In the running period.</param>
public sealed record CapView(long Credits, string Period, long Spent);

/// <summary>An API key, without its secret.</summary>
/// <param name="Prefix">The part of the secret before the first random character.</param>
/// <param name="Last4">The secret's last four characters.</param>
/// <param name="AllowedIps">Blocks it may be used from; empty for everywhere.</param>
/// <param name="OldSecretUntil">How long the secret before the last rotation still works.</param>
/// <param name="Status"><c>active</c>, <c>disabled</c>, <c>frozen</c>, <c>expired</c> or <c>revoked</c>. A frozen key has spent far more in an hour than it used to; its owner thaws it on the page of keys.</param>
/// <param name="Secret">Only in the answer that made it.</param>
public sealed record ApiKeyView(
    Guid Id, string Name, string Prefix, string Last4, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt, CapView? Cap,
    IReadOnlyList<string> AllowedIps, DateTimeOffset? LastUsedAt, string? LastUsedIp, string Status, DateTimeOffset CreatedAt,
    DateTimeOffset? OldSecretUntil, string? Secret = null)
{
    /// <summary>Shares of the cap, in percent, of which the owner is told once they are spent. Chosen on the page of keys.</summary>
    public IReadOnlyList<int> AlertPercents { get; init; } = [];

    /// <summary>Whether it is frozen when it spends far more in an hour than it used to. Chosen on the page of keys.</summary>
    public bool Watched { get; init; } = true;
}

/// <summary>As typed: numbers and dates stay text so that a mistake can be shown again.</summary>
public sealed record ApiKeyForm
{
    public string? Name { get; init; }
    public List<string>? Scopes { get; init; }
    /// <summary><c>true</c>: a test key, played by Sandbox.</summary>
    public string? Test { get; init; }
    /// <summary>How a live key begins: <c>rpd_sk</c>, or <c>rk_live</c> for clients that look for it. Empty: the first.</summary>
    public string? Prefix { get; init; }
    /// <summary>Days from now: empty (never), 7, 30, 90 or 365.</summary>
    public string? ExpiresInDays { get; init; }
    public string? CapCredits { get; init; }
    public string? CapPeriod { get; init; }
    /// <summary>One address or CIDR block a line.</summary>
    public string? AllowedIps { get; init; }
    /// <summary>Percent of the cap, between commas.</summary>
    public string? AlertPercents { get; init; }
    /// <summary><c>true</c>: frozen when it spends far more than it used to.</summary>
    public string? Watched { get; init; }
}
