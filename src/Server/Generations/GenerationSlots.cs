namespace Rpd.Server.Generations;

/// <summary>How many generations of an account run at once, and how many wait because that is all its plan allows.</summary>
public sealed class GenerationSlots
{
    public Guid AccountId { get; init; }

    /// <summary>Runs of test keys have slots of their own: trying something out does not hold up what is meant.</summary>
    public bool Test { get; init; }
    public int Active { get; init; }
    public int Held { get; init; }
}

/// <summary>What a model's latest completed runs took from start to end.</summary>
public sealed class ModelSpeed
{
    public required string Model { get; init; }
    public int Samples { get; init; }
    public int P50Ms { get; init; }
    public int P95Ms { get; init; }
    public int P99Ms { get; init; }
    public DateTimeOffset MeasuredAt { get; init; }
}
