using Rpd.Shared.Explore;

namespace Rpd.Web.Explore;

/// <param name="ModelName">The catalogue's display name; the model's id when it has left the catalogue.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end: OpenGraph wants whole addresses.</param>
/// <param name="Listed">False for unlisted works: the page then says <c>noindex</c>.</param>
/// <param name="Previous">The neighbours in the newest-first list, for the arrow keys.</param>
public sealed record WorkModel(WorkView Work, string ModelName, string BaseAddress, bool Listed, Guid? Previous = null, Guid? Next = null);
