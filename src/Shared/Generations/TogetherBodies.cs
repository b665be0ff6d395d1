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
public sealed record NewComparisonBody
{
    /// <summary>What to make of what; every model must do it.</summary>
    [OneOf(typeof(GenerationTypes))]
    public required string Type { get; init; }

    /// <summary>Required for types that begin with text. Some models allow less than 4,000 characters and say so.</summary>
    [StringLength(4000)]
    public string? Prompt { get; init; }

    /// <summary>Who competes. A model may stand there more than once, with other params.</summary>
    [Length(2, 6)]
    public required IReadOnlyList<ComparedModelBody> Models { get; init; }

    /// <summary>Params for all. A model that has no such param names it in its <c>ignoredParams</c>.</summary>
    public GenerationParamsBody? Params { get; init; }

    /// <summary>What should not be in it.</summary>
    [StringLength(4000)]
    public string? NegativePrompt { get; init; }

    /// <summary>A picture to start from: an http or https address, or <c>file:&lt;fileId&gt;</c> of an own upload.</summary>
    [StringLength(2048)]
    public string? InputImageUrl { get; init; }

    /// <summary>A video to start from, as <c>inputImageUrl</c>.</summary>
    [StringLength(2048)]
    public string? InputVideoUrl { get; init; }

    /// <summary>Sound to start from, as <c>inputImageUrl</c>.</summary>
    [StringLength(2048)]
    public string? InputAudioUrl { get; init; }

    /// <summary>How many of each. Default 1.</summary>
    [Range(1, 4)]
    public int? Count { get; init; }

    /// <summary>The generation that these are based on: one's own, or a published one.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Who may see them once they are completed. Default <c>private</c>.</summary>
    [OneOf(typeof(Visibility))]
    public string? Visibility { get; init; }

    /// <summary>For lists and the gallery.</summary>
    [StringLength(120)]
    public string? Title { get; init; }

    /// <summary>An address that is told when each of them ends, besides the account's webhooks.</summary>
    [StringLength(2048)]
    public string? WebhookUrl { get; init; }
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
