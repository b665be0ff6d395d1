namespace Rpd.Server.Accounts;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed record AccountOptions
{
    /// <summary>
    /// <c>open</c>: whoever proves their address has an account. <c>request</c>: strangers ask for access, and administrators decide. <c>invite</c>: only whom
    /// administrators invite. The operator's command makes accounts whichever it is.
    /// </summary>
    public string SignUp { get; init; } = SignUpModes.Open;

    /// <summary>For how long an invitation works.</summary>
    public int InviteDays { get; init; } = 14;

    /// <summary>Requests for access from one network (IPv4 /24, IPv6 /48) in a day.</summary>
    public int RequestsPerNetwork { get; init; } = 20;

    /// <summary>PBKDF2 (HMAC-SHA512) rounds of a new password hash, 210,000 as OWASP advises for it; older hashes are renewed at the next sign-in.</summary>
    public int PasswordIterations { get; init; } = 210_000;

    /// <summary>Wrong passwords for one account before it rests for five minutes; the rest doubles each time, up to an hour.</summary>
    public int SignInTriesPerAccount { get; init; } = 5;

    /// <summary>Failed sign-ins from one network (IPv4 /24, IPv6 /48) in five minutes, over all accounts.</summary>
    public int SignInFailuresPerNetwork { get; init; } = 100;

    /// <summary>Sign-ups, and requests for a letter, from one network in ten minutes.</summary>
    public int LettersPerNetwork { get; init; } = 100;

    /// <summary>Letters that strangers may cause to one address in an hour.</summary>
    public int LettersPerAddress { get; init; } = 5;

    /// <summary>How long somebody who has their account deleted may take that back.</summary>
    public int DeletionDays { get; init; } = 14;

    /// <summary>Whether there is any way in that strangers can begin by themselves.</summary>
    public bool SignUpOffered => SignUp != SignUpModes.Invite;
}

/// <summary>Who may open an account.</summary>
public static class SignUpModes
{
    public const string Open = "open", Request = "request", Invite = "invite";

    public static readonly IReadOnlyList<string> All = [Open, Request, Invite];
}
