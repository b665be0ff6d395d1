using System.Text.Json;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels;

/// <summary>A classifier of somebody's own. Its weights lie in the storage (<see cref="CustomModelKeys"/>).</summary>
public sealed class CustomModel
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public int Seed { get; init; }

    /// <summary>In their ordinal order, which is that of the weights and of the confusion matrix.</summary>
    public required string[] Labels { get; init; }
    public int Examples { get; init; }
    public string Status { get; init; } = CustomModelStatus.Queued;
    public int Progress { get; init; }
    public bool Deployed { get; init; }

    /// <summary>A <see cref="MetricsView"/>, once it is ready.</summary>
    public JsonElement? Metrics { get; init; }
    public string? Error { get; init; }
    public int Version { get; init; } = 1;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
}
