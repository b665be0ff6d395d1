namespace Rpd.Server.Usage;

/// <summary>A part of an hour's totals of all accounts: all of it, one model's or one face's. In UTC. Written by <see cref="SumHouse"/> when the hour is over.</summary>
public sealed class HouseUsage
{
    /// <summary><c>all</c>, <c>model</c> or <c>face</c>.</summary>
    public required string Part { get; init; }

    public DateTimeOffset Hour { get; init; }

    /// <summary>Of the model or the face; empty for all.</summary>
    public required string Name { get; init; }

    public long Requests { get; init; }
    public long Failed { get; init; }
    public long Credits { get; init; }
    public long InputTokens { get; init; }
    public long OutputTokens { get; init; }
}

/// <summary>A day's totals of one account, in UTC, up to the latest hour that was summed.</summary>
public sealed class HouseUsageAccount
{
    public DateOnly Day { get; init; }
    public Guid AccountId { get; init; }
    public long Requests { get; init; }
    public long Failed { get; init; }
    public long Credits { get; init; }
}

/// <summary>The same for a week of UTC, by its Monday.</summary>
public sealed class HouseUsageAccountWeek
{
    public DateOnly Week { get; init; }
    public Guid AccountId { get; init; }
    public long Requests { get; init; }
    public long Failed { get; init; }
    public long Credits { get; init; }
}

/// <summary>An hour that was summed.</summary>
public sealed class HouseUsageHour
{
    public DateTimeOffset Hour { get; init; }
}
