using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Accounts;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Explore;

/// <summary>A public work as a card shows it. <paramref name="Id"/> is the generation's id.</summary>
/// <param name="ContentType">Of the first output.</param>
/// <param name="BlurHash">A blurred preview in some twenty characters (blurha.sh).</param>
/// <param name="DurationSeconds">Null for pictures.</param>
/// <param name="Liked">Whether the caller likes it; false for strangers.</param>
/// <param name="Width">Of the first output, in pixels; null for sound.</param>
public sealed record ExploreItem(
    Guid Id, string? Title, string Prompt, string Type, string Model, string Provider, AuthorView Author, string ContentType,
    IReadOnlyList<ThumbnailView> Thumbnails, string? BlurHash, int? Width, int? Height, double? DurationSeconds,
    int LikeCount, bool Liked, DateTimeOffset PublishedAt);

/// <summary>A public work with everything a visitor may see.</summary>
/// <param name="ParentId">The work that this one is based on, when that is open to visitors too.</param>
public sealed record WorkView(ExploreItem Item, IReadOnlyList<OutputView> Outputs, IReadOnlyDictionary<string, System.Text.Json.JsonElement> Params, string? NegativePrompt, Guid? ParentId);

/// <summary>Which works to show, and in which order.</summary>
/// <param name="Sort">Default <c>newest</c>.</param>
/// <param name="Period">When the works were published, whatever the sort. Default <c>all</c>.</param>
/// <param name="Model">A model's id.</param>
/// <param name="Q">Words of the prompt or the title.</param>
public sealed record ExploreFilter(
    [property: OneOf(typeof(ExploreSorts))] string Sort = "newest", [property: OneOf(typeof(ExplorePeriods))] string Period = "all",
    [property: OneOf(typeof(GenerationTypes))] string? Type = null, [property: StringLength(200)] string? Model = null, [property: StringLength(200)] string? Q = null);

public static class ExploreSorts
{
    public static readonly IReadOnlyList<string> All = ["newest", "trending", "top"];
}

public static class ExplorePeriods
{
    public static readonly IReadOnlyList<string> All = ["day", "week", "month", "all"];
}
