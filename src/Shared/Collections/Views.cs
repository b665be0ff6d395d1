using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Accounts;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Collections;

/// <summary>A collection to be.</summary>
/// <param name="Visibility">Default <c>private</c>. <c>unlisted</c> is for whoever has the id.</param>
public sealed record NewCollectionBody(
    [property: Required, StringLength(80)] string Name, [property: StringLength(500)] string? Description, [property: OneOf(typeof(Visibility))] string? Visibility);

/// <summary>What is to change about a collection.</summary>
/// <param name="Description">Null clears it.</param>
/// <param name="ItemIds">The items that come first, in this order; the others stay as they are behind them.</param>
public sealed record CollectionChangeBody(
    [property: StringLength(80)] string? Name, [property: StringLength(500)] string? Description, [property: OneOf(typeof(Visibility))] string? Visibility,
    [property: MaxLength(500)] IReadOnlyList<Guid>? ItemIds);

/// <summary>A work to keep.</summary>
/// <param name="GenerationId">An own generation that has something to show, or a public work.</param>
public sealed record KeepBody([property: Required] Guid? GenerationId);

/// <summary>Works that somebody has put together.</summary>
/// <param name="Visibility"><c>private</c>, <c>unlisted</c> (for whoever has the id) or <c>public</c>.</param>
/// <param name="CoverUrl">A small picture of the first item that the reader may see; null when there is none.</param>
/// <param name="ItemCount">For its owner what has been put in, works that are withdrawn at present among them; for others what they may see.</param>
public sealed record CollectionView(Guid Id, string Name, string? Description, string Visibility, string? CoverUrl, int ItemCount, Guid OwnerId, DateTimeOffset CreatedAt);

/// <summary>A work in a collection: one's own, or somebody's public one. <paramref name="Id"/> is the generation's id.</summary>
/// <param name="Visibility">Of the work itself.</param>
public sealed record CollectionItemView(
    Guid Id, string? Title, string Prompt, string Type, string Model, string Provider, AuthorView Author, string Visibility, string ContentType,
    IReadOnlyList<ThumbnailView> Thumbnails, string? BlurHash, int? Width, int? Height, double? DurationSeconds, DateTimeOffset AddedAt)
{
    /// <summary>For adults. Others see it in lists only when they have asked for such works.</summary>
    public bool Mature { get; init; }
}

/// <summary>A collection with the first page of what is in it.</summary>
public sealed record CollectionWithItems(
    Guid Id, string Name, string? Description, string Visibility, string? CoverUrl, int ItemCount, Guid OwnerId, DateTimeOffset CreatedAt,
    IReadOnlyList<CollectionItemView> Items);

/// <summary>One of somebody's collections, as a box to tick for a work.</summary>
/// <param name="Holds">Whether the work is in it.</param>
public sealed record CollectionChoice(Guid Id, string Name, bool Holds);

/// <summary>A collection's name, description and visibility as typed.</summary>
public sealed record CollectionForm
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Visibility { get; init; }
}
