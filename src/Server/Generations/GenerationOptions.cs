using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Generations;

/// <summary>Section <c>Generations</c>.</summary>
public sealed record GenerationOptions
{
    /// <summary>From the moment it has a slot; after it the watcher fails the generation and returns its credits. For pictures and sound.</summary>
    [Range(1, 7 * 24 * 3600)]
    public int DeadlineSeconds { get; init; } = 900;

    /// <summary>The same for everything that moves: vendors take many minutes for it.</summary>
    [Range(1, 7 * 24 * 3600)]
    public int VideoDeadlineSeconds { get; init; } = 3600;

    /// <summary>How long one may wait for a slot of its own account before it is given up and refunded.</summary>
    [Range(1, 30 * 24 * 3600)]
    public int WaitingSeconds { get; init; } = 24 * 3600;

    /// <summary>How long after our deadline what a vendor still delivers is taken, free of charge.</summary>
    [Range(0, 7 * 24 * 3600)]
    public int LateSeconds { get; init; } = 3600;

    public int DeadlineOf(string type) => type is "text2image" or "image2image" or "upscale" or "audio" ? DeadlineSeconds : VideoDeadlineSeconds;
}
