namespace Rpd.Shared.Admin;

/// <summary>A job that needs somebody: dead, or stuck.</summary>
/// <param name="State"><c>ready</c>, <c>running</c> or <c>dead</c>.</param>
/// <param name="Subject">The id of what it works on, where its arguments name one.</param>
public sealed record JobView(long Id, string Kind, string Lane, string State, int Attempts, int AttemptsMax, DateTimeOffset RunAt, DateTimeOffset CreatedAt, string? LastError, string? Subject);

/// <summary>How many dead jobs of a kind there are, up to 10,000.</summary>
public sealed record DeadKind(string Kind, long Count);
