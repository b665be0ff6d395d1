namespace Rpd.Server.Generations;

/// <summary>What an administrator has decided about a reported work. Hidden, it may be appealed against once by its owner.</summary>
public sealed class ModerationDecision
{
    public const string Hide = "hide", Dismiss = "dismiss";

    public const int AppealLengthMax = 2000;

    public Guid Id { get; init; }
    public Guid GenerationId { get; init; }

    /// <summary>Whose work it is.</summary>
    public Guid AccountId { get; init; }
    public required string Decision { get; init; }
    public required string Reason { get; init; }
    public bool Strike { get; init; }
    public DateTimeOffset DecidedAt { get; init; }
    public string? Appeal { get; init; }
    public DateTimeOffset? AppealedAt { get; init; }
    public DateTimeOffset? AppealClosedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
}
