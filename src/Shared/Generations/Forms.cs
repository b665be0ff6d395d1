namespace Rpd.Shared.Generations;

/// <summary>Title and visibility as typed on a generation's page.</summary>
public sealed record VisibilityForm
{
    /// <summary>What is to become of faces: a copy in which they are pixelated is published, or the picture as it is.</summary>
    public const string Pixelated = "pixelated", AsItIs = "as-it-is";

    public string? Title { get; init; }
    public string? Visibility { get; init; }
    public bool Mature { get; init; }
}
