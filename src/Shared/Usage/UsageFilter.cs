using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Usage;

public sealed record UsageFilter
{
    /// <summary>A date in the zone or a time: <c>2026-01-31</c>, <c>2026-01-31T12:00:00Z</c>. Usually 30 days back; 366 days at most.</summary>
    [StringLength(40)]
    public string? From { get; init; }

    /// <summary>A date, whose day is included, or a time, which is not. Usually now.</summary>
    [StringLength(40)]
    public string? To { get; init; }

    /// <summary>IANA name of the zone whose days are counted, such as <c>Europe/Berlin</c>. Usually the account's own.</summary>
    [StringLength(64)]
    public string? Tz { get; init; }

    /// <summary>What each day is divided by. Usually <c>day</c>: not at all.</summary>
    [OneOf(typeof(UsageGroupings))]
    public string? GroupBy { get; init; }
}

public static class UsageGroupings
{
    public const string Day = "day", Model = "model", Key = "key", Face = "face";

    public static readonly IReadOnlyList<string> All = [Day, Model, Key, Face];
}
