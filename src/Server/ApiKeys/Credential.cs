using System.Collections.Frozen;
using System.Globalization;

namespace Rpd.Server.ApiKeys;

/// <summary>Who calls an API face, and what they may do. Made anew from the rows at least once a second.</summary>
/// <param name="ApiKeyId">Null for credentials that are not keys.</param>
/// <param name="Cap">The key's own limit of spending; the account's balance comes on top.</param>
/// <param name="Test">Played by Sandbox against the test balance.</param>
public sealed record Credential(Guid AccountId, Guid? ApiKeyId, IReadOnlySet<string> Scopes, string Plan, CapRule? Cap, bool Test = false)
{
    /// <summary>Set when it is a user's token.</summary>
    public Guid? TokenId { get; init; }

    /// <summary>Whose bucket of calls it draws on beside the account's; null for sessions of elsewhere, which have the account's alone.</summary>
    public Guid? LimitId => ApiKeyId ?? TokenId;

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Blocks it may be used from; empty for everywhere.</summary>
    public IReadOnlyList<string> AllowedIps { get; init; } = [];

    /// <summary>It must not make or change what would reach beyond its own limit: a test key's is that it spends nothing real.</summary>
    public bool Limited => Test || Cap is not null || ExpiresAt is not null || AllowedIps.Count > 0;

    public static IReadOnlySet<string> ScopeSet(IEnumerable<string> scopes) => scopes.ToFrozenSet(StringComparer.Ordinal);
}

/// <param name="Period"><c>day</c>, <c>week</c> (from Monday), <c>month</c> or <c>total</c>, in UTC.</param>
public sealed record CapRule(long Credits, string Period)
{
    public static readonly IReadOnlyList<string> Periods = Rpd.Shared.ApiKeys.CapPeriods.All;

    public static CapRule? Of(long? credits, string? period) => credits is { } most && period is not null ? new(most, period) : null;

    /// <summary>When the running window began; spending is booked under it.</summary>
    public DateTimeOffset WindowStart(DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return Period switch
        {
            "day" => day,
            "week" => day.AddDays(-((int)day.DayOfWeek + 6) % 7),
            "month" => new(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero),
            "total" => DateTimeOffset.UnixEpoch,
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{Period} is no period.")),
        };
    }
}

public static class CredentialOfRequest
{
    /// <summary>Only on endpoints that need one (<see cref="CredentialRules.Needs"/>).</summary>
    public static Credential Credential(this HttpContext http) =>
        http.OptionalCredential() ?? throw new InvalidOperationException($"{http.Request.Path} asks for a credential but its endpoint does not need one.");

    public static Credential? OptionalCredential(this HttpContext http) => http.Features.Get<Credential>();
}
