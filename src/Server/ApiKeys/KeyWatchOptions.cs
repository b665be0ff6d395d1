using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.ApiKeys;

/// <summary>Section <c>KeyWatch</c>: when a key is frozen for spending far more than it used to.</summary>
public sealed record KeyWatchOptions
{
    /// <summary>How many times its own busy hour (the 95th percentile of its used hours in the last 28 days) a key may spend in an hour. 0 freezes none.</summary>
    [Range(0, 1_000_000)]
    public int Factor { get; init; } = 10;

    /// <summary>Up to so many credits an hour are never too many.</summary>
    [Range(1, 1_000_000_000)]
    public long FloorCredits { get; init; } = 1000;

    /// <summary>In how many hours of those days a key must have spent something, before it can be said what it used to spend.</summary>
    [Range(1, 672)]
    public int HoursKnown { get; init; } = 24;

    /// <summary>How long a key that its owner has thawed is left alone.</summary>
    [Range(1, 8760)]
    public int ThawHours { get; init; } = 24;
}
