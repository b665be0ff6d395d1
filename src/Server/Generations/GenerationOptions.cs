using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Generations;

/// <summary>Section <c>Generations</c>.</summary>
public sealed record GenerationOptions
{
    /// <summary>From creation; after it the watcher fails the generation and returns its credits.</summary>
    [Range(1, 7 * 24 * 3600)]
    public int DeadlineSeconds { get; init; } = 900;
}
