namespace Rpd.Shared.Catalog;

/// <summary>Which models the page of the catalogue shows, and in which order.</summary>
/// <param name="Q">Words of the id, the name or the description.</param>
/// <param name="Ready"><c>yes</c>: only those that can run here now.</param>
/// <param name="Price">One of <see cref="CatalogPrices"/>, for a usual run.</param>
/// <param name="Sort">One of <see cref="CatalogSorts"/>.</param>
public sealed record CatalogFilter(
    string? Q = null, string? Type = null, string? Provider = null, string? Ready = null, string? Price = null, string? Speed = null, string? Quality = null, string Sort = CatalogSorts.Ready);

public static class CatalogSorts
{
    public const string Ready = "ready", Name = "name", Price = "price", Speed = "speed";

    public static readonly IReadOnlyList<string> All = [Ready, Name, Price, Speed];
}

/// <summary>Ranges of a usual run's price, in credits.</summary>
public static class CatalogPrices
{
    public const string Free = "free";

    /// <summary>Besides <see cref="Free"/>: at most so many credits.</summary>
    public static readonly IReadOnlyList<string> Limits = ["1", "5", "20", "100"];

    public static readonly IReadOnlyList<string> All = [Free, .. Limits];
}

public static class ModelTraits
{
    public static readonly IReadOnlyList<string> Speeds = ["fast", "standard", "slow"], Qualities = ["draft", "standard", "high", "ultra"];
}
