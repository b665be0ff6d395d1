using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Catalog;

/// <summary>What one wants to make.</summary>
public sealed record NewRecommendationBody
{
    /// <summary>As it would be sent to a model.</summary>
    [StringLength(4000)]
    public required string Prompt { get; init; }

    /// <summary>Without it, the words of the prompt decide.</summary>
    [OneOf(typeof(GenerationTypes))]
    public string? Type { get; init; }

    /// <summary>What counts most. Without it, all count alike.</summary>
    [OneOf(typeof(Priorities))]
    public string? Priority { get; init; }

    /// <summary>Leaves out what costs more credits than this.</summary>
    [Range(0, 1_000_000_000)]
    public long? MaxCredits { get; init; }
}

public static class Priorities
{
    public static readonly IReadOnlyList<string> All = ["quality", "speed", "cost"];
}
