using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Rpd.Shared.Accounts;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Explore;

/// <summary>A public work as a card shows it. <paramref name="Id"/> is the generation's id.</summary>
/// <param name="ContentType">Of the first output.</param>
/// <param name="BlurHash">A blurred preview in some twenty characters (blurha.sh).</param>
/// <param name="DurationSeconds">Null for pictures.</param>
/// <param name="Liked">Whether the caller likes it; false for strangers.</param>
/// <param name="Width">Of the first output, in pixels; null for sound.</param>
public record ExploreItem(
    Guid Id, string? Title, string Prompt, string Type, string Model, string Provider, AuthorView Author, string ContentType,
    IReadOnlyList<ThumbnailView> Thumbnails, string? BlurHash, int? Width, int? Height, double? DurationSeconds,
    int LikeCount, bool Liked, DateTimeOffset PublishedAt)
{
    /// <summary>For adults. Only those see it in lists who have asked for such works.</summary>
    public bool Mature { get; init; }
}

/// <summary>A public work with everything a visitor may see.</summary>
public sealed record WorkView : ExploreItem
{
    public WorkView(ExploreItem card) : base(card) { }

    public required IReadOnlyList<OutputView> Outputs { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Params { get; init; }

    public required string? NegativePrompt { get; init; }

    /// <summary>The work that this one is based on, when that is open to visitors too.</summary>
    public required Guid? ParentId { get; init; }

    /// <summary>The words of title and prompt that begin with #, and the style; in lower case, without the #.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>Which works to show, and in which order.</summary>
/// <param name="Sort">Default <c>newest</c>.</param>
/// <param name="Period">When the works were published, whatever the sort. Default <c>all</c>.</param>
/// <param name="Model">A model's id.</param>
/// <param name="Q">Words that title and prompt have all of, each perhaps the beginning of one. With words and without `sort`, the order is <c>trending</c>.</param>
/// <param name="Tag">One of the work's tags, with or without its #.</param>
/// <param name="Aspect">The shape of the first picture: <c>wide</c> from 1.7:1, <c>tall</c> up to 0.6:1, <c>square</c> within a tenth of 1:1.</param>
public sealed record ExploreFilter(
    [property: OneOf(typeof(ExploreSorts))] string Sort = "newest", [property: OneOf(typeof(ExplorePeriods))] string Period = "all",
    [property: OneOf(typeof(GenerationTypes))] string? Type = null, [property: StringLength(200)] string? Model = null, [property: StringLength(200)] string? Q = null,
    [property: StringLength(100)] string? Tag = null,
    [property: OneOf(typeof(WorkShapes))] string? Aspect = null);

/// <summary>The shapes of pictures that the gallery can be filtered by.</summary>
public static class WorkShapes
{
    public static readonly IReadOnlyList<string> All = ["wide", "landscape", "square", "portrait", "tall"];
}

/// <summary>How somebody wants to meet works for adults in lists.</summary>
public static class MatureWorks
{
    public const string Hide = "hide", Blur = "blur", Show = "show";

    public static readonly IReadOnlyList<string> All = [Hide, Blur, Show];
}

public static class ExploreSorts
{
    public static readonly IReadOnlyList<string> All = ["newest", "trending", "top"];
}

public static class ExplorePeriods
{
    public static readonly IReadOnlyList<string> All = ["day", "week", "month", "all"];
}

/// <summary>What a like, or taking it back, has come to.</summary>
/// <param name="Liked">Whether the caller likes the work now.</param>
public sealed record LikeView(bool Liked, int LikeCount);

/// <summary>What is wrong with a work, for a moderator.</summary>
/// <param name="Details">In words.</param>
public sealed record NewReportBody([property: Required, OneOf(typeof(ReportReasons))] string Reason, [property: StringLength(2000)] string? Details);

/// <summary>A report in the moderators' queue. It changes nothing about the work by itself.</summary>
/// <param name="WorkId">The generation's id.</param>
/// <param name="Status"><c>open</c> until a moderator has decided.</param>
public sealed record ReportView(
    Guid Id, Guid WorkId, [property: OneOf(typeof(ReportReasons))] string Reason, string? Details, [property: OneOf(typeof(ReportStates))] string Status, DateTimeOffset CreatedAt);

public static class ReportReasons
{
    public static readonly IReadOnlyList<string> All = ["spam", "sexual", "violence", "hate", "harassment", "self_harm", "minors", "illegal", "copyright", "privacy", "other"];
}

public static class ReportStates
{
    public static readonly IReadOnlyList<string> All = ["open", "upheld", "dismissed"];
}
