using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Prompts;

/// <summary>A prompt that could say more.</summary>
public sealed record EnhancePromptBody
{
    /// <summary>In any language; only what suits its language is added.</summary>
    [StringLength(4000)]
    public required string Prompt { get; init; }

    /// <summary>What it is for. Default <c>text2image</c>. Texts that are to be spoken stay as they are.</summary>
    [OneOf(typeof(GenerationTypes))]
    public string? Type { get; init; }

    /// <summary>A style to be named as well, such as <c>anime</c> or <c>cinematic</c>.</summary>
    [StringLength(60)]
    public string? Style { get; init; }
}
