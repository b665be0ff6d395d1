namespace Rpd.Server.Accounts;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed record AccountOptions
{
    /// <summary>False closes the sign-up page; the operator's command still makes accounts.</summary>
    public bool SignUpOpen { get; init; } = true;

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
}
