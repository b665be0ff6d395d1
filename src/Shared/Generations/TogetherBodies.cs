using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Generations;

/// <summary>Many generations in one request: all of them start or none does.</summary>
public sealed record NewBatchBody
{
    /// <summary>Each as for a single generation.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<NewGenerationBody> Items { get; init; }
}

/// <summary>One prompt for several models.</summary>
public sealed record NewComparisonBody : WishedBody
{
    /// <summary>What to make of what; every model must do it.</summary>
    [OneOf(typeof(GenerationTypes))]
    public required string Type { get; init; }

    /// <summary>Who competes. A model may stand there more than once, with other params.</summary>
    [Length(2, 6)]
    public required IReadOnlyList<ComparedModelBody> Models { get; init; }
}

/// <summary>A model in a comparison.</summary>
public sealed record ComparedModelBody
{
    /// <summary>As the catalogue names it.</summary>
    [StringLength(60)]
    public required string Provider { get; init; }

    /// <summary>The model's id.</summary>
    [StringLength(120)]
    public required string Model { get; init; }

    /// <summary>Its own, before those for all.</summary>
    public GenerationParamsBody? Params { get; init; }
}

/// <summary>How to delete.</summary>
/// <param name="Purge">Erases a finished generation with its files and its publication, for good. The ledger keeps what it cost.</param>
public sealed record DeletionFilter(bool? Purge = null);
