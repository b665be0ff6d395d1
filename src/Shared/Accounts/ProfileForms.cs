namespace Rpd.Shared.Accounts;

/// <summary>What somebody shows of themselves, and how they read times.</summary>
public sealed record ProfileForm
{
    public const int DisplayNameMax = 60, HandleMax = 30, BioMax = 500;

    public string? DisplayName { get; init; }
    public string? Handle { get; init; }
    public string? Bio { get; init; }
    public string? TimeZone { get; init; }
    public bool LikesPublic { get; init; }
}

/// <summary>The password once more, before one's data leave the house.</summary>
public sealed record ExportForm
{
    public string? Password { get; init; }
}

/// <summary>Password and handle, before an account is given up.</summary>
public sealed record LeaveForm
{
    public string? Handle { get; init; }
    public string? Password { get; init; }
}

/// <summary>Takes the giving up back, by the link of the letter.</summary>
public sealed record KeepForm
{
    public string? Account { get; init; }
    public string? Token { get; init; }
}
