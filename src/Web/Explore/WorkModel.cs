using Rpd.Shared;
using Rpd.Shared.Explore;

namespace Rpd.Web.Explore;

/// <param name="ModelName">The catalogue's display name; the model's id when it has left the catalogue.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end: OpenGraph wants whole addresses.</param>
/// <param name="Listed">False for unlisted works: the page then says <c>noindex</c>.</param>
/// <param name="Previous">The neighbours in the newest-first list, for the arrow keys.</param>
public sealed record WorkModel(WorkView Work, string ModelName, string BaseAddress, bool Listed, Guid? Previous = null, Guid? Next = null)
{
    /// <summary>Whether its model has a page.</summary>
    public bool InCatalog { get; init; }

    /// <summary>What one run of its prompt costs; null when its model cannot run here.</summary>
    public long? Price { get; init; }

    /// <summary>For adults, and the reader has not asked for such works: nothing of it is shown before they do.</summary>
    public bool Veiled { get; init; }

    /// <summary>What it is based on, the nearest first.</summary>
    public IReadOnlyList<ExploreItem> Ancestors { get; init; } = [];

    public IReadOnlyList<ExploreItem> Remixes { get; init; } = [];

    public IReadOnlyList<ExploreItem> ByAuthor { get; init; } = [];

    public IReadOnlyList<ExploreItem> Similar { get; init; } = [];
}

public sealed record LikeModel(Guid Id, int Count, bool Liked);

/// <param name="Title">The work's, or its prompt.</param>
/// <param name="Sent">The report was received: the page says thanks.</param>
public sealed record ReportModel(Guid Id, string Title, string? Reason, string? Details, FormErrors Errors, bool Sent);

/// <param name="Mature">One of <see cref="MatureWorks"/>.</param>
/// <param name="Saved">It has just been changed.</param>
public sealed record ContentModel(string Mature, FormErrors Errors, bool Saved);
