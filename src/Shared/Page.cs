namespace Rpd.Shared;

/// <summary>One keyset page. <paramref name="NextCursor"/> is opaque and signed; null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    public bool HasMore => NextCursor is not null;
}
