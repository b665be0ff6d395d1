namespace Rpd.Server.Usage;

/// <summary>An hour's totals of all accounts, by model and face, in UTC. Written by <see cref="SumHouse"/> when the hour is over.</summary>
public sealed class HouseUsage
{
    public DateTimeOffset Hour { get; init; }
    public required string Model { get; init; }
    public required string Face { get; init; }
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

/// <summary>An hour that was summed.</summary>
public sealed class HouseUsageHour
{
    public DateTimeOffset Hour { get; init; }
}
