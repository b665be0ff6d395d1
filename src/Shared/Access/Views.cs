namespace Rpd.Shared.Access;

/// <summary>What somebody types who asks for access.</summary>
public sealed record AccessForm
{
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Project { get; init; }
}

/// <summary>Somebody invited types their password.</summary>
public sealed record InviteForm
{
    public string? Token { get; init; }
    public string? Password { get; init; }
}

/// <summary>A request for access, as administrators see it.</summary>
/// <param name="Status">One of <see cref="AccessStates"/>.</param>
/// <param name="Reason">Why it was declined.</param>
/// <param name="Known">Whether this address has an account.</param>
public sealed record AccessRequestView(Guid Id, string Name, string Email, string Project, string Status, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset? DecidedAt, bool Known);

public static class AccessStates
{
    public const string Open = "open", Accepted = "accepted", Declined = "declined";

    public static readonly IReadOnlyList<string> All = [Open, Accepted, Declined];
}

/// <summary>In characters: what the form takes.</summary>
public static class AccessLength
{
    public const int Name = 80, ProjectMin = 20, Project = 2000, Reason = 500;
}
