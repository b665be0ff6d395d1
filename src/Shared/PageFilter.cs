using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared;

/// <summary>Which part of a list.</summary>
/// <param name="Limit">How many at most; 20 without it.</param>
/// <param name="Cursor">The <c>nextCursor</c> of the page before.</param>
public sealed record PageFilter([property: Range(1, 100)] int? Limit = null, string? Cursor = null);

/// <summary>How a list goes on.</summary>
/// <param name="NextCursor">Opaque; null on the last page.</param>
public sealed record PageEnd(string? NextCursor, bool HasMore);
