using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rpd.Shared.Generations;

/// <summary>What to make, by which model. Which inputs and params a model needs stands in its catalogue entry.</summary>
public sealed record NewGenerationBody : WishedBody
{
    /// <summary>What to make of what.</summary>
    [OneOf(typeof(GenerationTypes))]
    public required string Type { get; init; }

    /// <summary>As the catalogue names it.</summary>
    [StringLength(60)]
    public required string Provider { get; init; }

    /// <summary>The model's id.</summary>
    [StringLength(120)]
    public required string Model { get; init; }
}

/// <summary>What one generation and several beside each other are asked for with.</summary>
public abstract record WishedBody
{
    /// <summary>Required for types that begin with text. Some models allow less than 4,000 characters and say so.</summary>
    [StringLength(4000)]
    public string? Prompt { get; init; }

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

    /// <summary>The six common params below, which every model takes or ignores (see <c>ignoredParams</c>), and those that the model declares. In a comparison: for all models.</summary>
    public GenerationParamsBody? Params { get; init; }

    /// <summary>How many, of each model. Some may fail: their part of the price is returned. Default 1.</summary>
    [Range(1, 4)]
    public int? Count { get; init; }

    /// <summary>The generation that it is based on: one's own, or a published one.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Who may see it once it is completed. Default <c>private</c>.</summary>
    [OneOf(typeof(Visibility))]
    public string? Visibility { get; init; }

    /// <summary>Whether it is for adults: once published, it is in the lists of those only who have asked for such works. Default false.</summary>
    public bool? Mature { get; init; }

    /// <summary>For lists and the gallery.</summary>
    [StringLength(120)]
    public string? Title { get; init; }

    /// <summary>An address that is told when this generation ends, besides the account's webhooks.</summary>
    [StringLength(2048)]
    public string? WebhookUrl { get; init; }
}

/// <summary>The common params, and any that the model's catalogue entry declares.</summary>
public sealed record GenerationParamsBody
{
    /// <summary>Pixels. Models that know shapes instead take the nearest one.</summary>
    [Range(16, 8192)]
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    [Range(16, 8192)]
    public int? Height { get; init; }

    /// <summary>Seconds. It sets the price of what is sold by the second; a model with lengths of its own takes only those, and one that follows its input takes the length of a file that is here already.</summary>
    [Range(0.1, 3600)]
    public decimal? Duration { get; init; }

    /// <summary>Such as <c>16:9</c>; the nearest that the model has.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>A preset of the model, or words that are added to the prompt.</summary>
    [StringLength(200)]
    public string? Style { get; init; }

    /// <summary>The same seed and request give the same picture, where the model can do that.</summary>
    [Range(typeof(long), "0", "9007199254740991")]
    public long? Seed { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }
}

/// <summary>What is not mentioned stays as it is.</summary>
public sealed record GenerationChangesBody
{
    /// <summary>Null or empty takes the title away.</summary>
    [StringLength(120)]
    public string? Title { get; init; }

    /// <summary><c>public</c> puts a completed one into the gallery, now or when it completes; <c>unlisted</c> shows it to whoever has the address.</summary>
    [OneOf(typeof(Visibility))]
    public string? Visibility { get; init; }

    /// <summary>Whether it is for adults: once published, it is in the lists of those only who have asked for such works.</summary>
    public bool? Mature { get; init; }
}
