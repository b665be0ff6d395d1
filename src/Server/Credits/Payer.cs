using Rpd.Server.ApiKeys;
using Rpd.Shared;

namespace Rpd.Server.Credits;

/// <summary>Who pays: the account and, when a capped key asked, its cap.</summary>
/// <param name="Face">The name of the face that was called.</param>
/// <param name="Plan">Says how many slots the account has.</param>
/// <param name="CapStart">Start of the cap's present window in UTC.</param>
public sealed record Payer(
    Guid AccountId, string Face, string Plan, Guid? ApiKeyId = null, long? Cap = null, string? CapPeriod = null, DateTimeOffset? CapStart = null)
{
    /// <summary>Of a test key: the test balance pays, Sandbox plays.</summary>
    public bool Test { get; init; }

    /// <summary>Why nothing could be reserved.</summary>
    /// <param name="outcome">Of <c>credit_reserve</c>: short, owing or capped.</param>
    /// <param name="balance">What that outcome speaks of: what is left, or owed.</param>
    public Refusal Decline(string outcome, long needed, long balance) => outcome switch
    {
        "owing" => new("INSUFFICIENT_CREDITS", 402, $"{balance} credits are owed after a reversed payment. Buy credits to settle them first."),
        "capped" => new("SPEND_CAP_REACHED", 402, $"This key may spend {Cap} credits per {CapPeriod}; {balance} are left and {needed} are needed."),
        _ => new("INSUFFICIENT_CREDITS", 402, $"You need {needed} credits but only have {balance}."),
    };
}

/// <summary>A credential as the ledger sees it.</summary>
public static class Paying
{
    public static Payer Payer(this Credential credential, string face, DateTimeOffset now) => credential.Cap is not { } cap
        ? new(credential.AccountId, face, credential.Plan, credential.ApiKeyId) { Test = credential.Test }
        : new(credential.AccountId, face, credential.Plan, credential.ApiKeyId, cap.Credits, cap.Period, cap.WindowStart(now));
}
