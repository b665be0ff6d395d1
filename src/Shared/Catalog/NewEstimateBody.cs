using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Catalog;

/// <summary>A generation to be priced.</summary>
public sealed record NewEstimateBody
{
    [OneOf(typeof(GenerationTypes))]
    public required string Type { get; init; }

    [StringLength(60)]
    public required string Provider { get; init; }

    /// <summary>The model's id.</summary>
    [StringLength(120)]
    public required string Model { get; init; }

    /// <summary>Seconds; <c>params.duration</c> says the same and goes first.</summary>
    [Range(0.1, 3600)]
    public decimal? Duration { get; init; }

    /// <summary>How many outputs. Default 1.</summary>
    [Range(1, 4)]
    public int? Count { get; init; }

    /// <summary>For models that are paid by the length of the text.</summary>
    [StringLength(4000)]
    public string? Prompt { get; init; }

    /// <summary>As a generation takes them; some change the price.</summary>
    public GenerationParamsBody? Params { get; init; }
}
