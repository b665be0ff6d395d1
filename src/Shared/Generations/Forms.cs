namespace Rpd.Shared.Generations;

/// <summary>Title and visibility as typed on a generation's page.</summary>
public sealed record VisibilityForm
{
    public string? Title { get; init; }
    public string? Visibility { get; init; }
    public bool Mature { get; init; }
}
