namespace Rpd.Shared;

/// <summary>What was deleted.</summary>
public sealed record DeletedView(Guid Id, bool Deleted);
