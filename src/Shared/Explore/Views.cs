using Rpd.Shared.Accounts;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Explore;

/// <summary>A public work as a card shows it. <paramref name="Id"/> is the generation's id.</summary>
/// <param name="Width">Of the first output, in pixels; null for sound.</param>
public sealed record ExploreItem(
    Guid Id, string? Title, string Prompt, string Type, string Model, string Provider, AuthorView Author, string ContentType,
    IReadOnlyList<ThumbnailView> Thumbnails, string? BlurHash, int? Width, int? Height, double? DurationSeconds,
    int LikeCount, bool Liked, DateTimeOffset PublishedAt);

/// <summary>A public work with everything a visitor may see.</summary>
/// <param name="ParentId">The work that this one is based on, when that is open to visitors too.</param>
public sealed record WorkView(ExploreItem Item, IReadOnlyList<OutputView> Outputs, IReadOnlyDictionary<string, System.Text.Json.JsonElement> Params, string? NegativePrompt, Guid? ParentId);

/// <param name="Sort"><c>trending</c>, <c>newest</c> or <c>top</c>.</param>
/// <param name="Period"><c>day</c>, <c>week</c>, <c>month</c> or <c>all</c>: when the works were published, whatever the sort.</param>
public sealed record ExploreFilter(string Sort = "newest", string Period = "all", string? Type = null, string? Model = null, string? Q = null);
