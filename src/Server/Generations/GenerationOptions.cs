using System.ComponentModel.DataAnnotations;
using Rpd.Server.Catalog;

namespace Rpd.Server.Generations;

/// <summary>Section <c>Generations</c>.</summary>
public sealed record GenerationOptions
{
    private const int Slack = 3, Leeway = 4, DeadlineMax = 7 * 24 * 3600;

    /// <summary>From the moment it has a slot; after it the watcher fails the generation and returns its credits. For pictures and sound.</summary>
    [Range(1, DeadlineMax)]
    public int DeadlineSeconds { get; init; } = 900;

    /// <summary>The same for everything that moves: vendors take many minutes for it.</summary>
    [Range(1, DeadlineMax)]
    public int VideoDeadlineSeconds { get; init; } = 3600;

    /// <summary>How long one may wait for a slot of its own account before it is given up and refunded.</summary>
    [Range(1, 30 * 24 * 3600)]
    public int WaitingSeconds { get; init; } = 24 * 3600;

    /// <summary>How long after our deadline what a vendor still delivers is taken, free of charge.</summary>
    [Range(0, 7 * 24 * 3600)]
    public int LateSeconds { get; init; } = 3600;

    /// <param name="measured">Of the model, once enough runs are known: then three times what nearly all of them took, as long as that is not far from what is set.</param>
    public int DeadlineOf(string type, MeasuredTime? measured)
    {
        var usual = type is "text2image" or "image2image" or "upscale" or "audio" ? DeadlineSeconds : VideoDeadlineSeconds;
        return measured is null ? usual : (int)Math.Clamp(measured.P99Ms * Slack / 1000L, Math.Max(1, usual / Leeway), Math.Min((long)usual * Leeway, DeadlineMax));
    }
}
