using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Generations;

/// <summary>Which of one's generations to list; everything that is given must fit.</summary>
/// <param name="ComparisonId">Only those of this comparison.</param>
/// <param name="BatchId">Only those of this batch.</param>
/// <param name="Q">Words of the prompt or the title.</param>
public sealed record GenerationFilter(
    [property: OneOf(typeof(GenerationStatus))] string? Status = null, [property: OneOf(typeof(GenerationTypes))] string? Type = null,
    [property: StringLength(200)] string? Provider = null, [property: StringLength(200)] string? Model = null, Guid? ComparisonId = null, Guid? BatchId = null,
    [property: OneOf(typeof(Visibility))] string? Visibility = null, [property: StringLength(200)] string? Q = null);
