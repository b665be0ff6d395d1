namespace Rpd.Server.Generations;

/// <summary>Section <c>Generations</c>.</summary>
public sealed record GenerationOptions
{
    /// <summary>From creation; after it the watcher fails the generation and returns its credits.</summary>
    public int DeadlineSeconds { get; init; } = 900;
}
