using Rpd.Server.ApiKeys;

namespace Rpd.Server.Generations;

/// <summary>A credential as the ledger sees it: who pays, and the window of the key's cap.</summary>
public static class Paying
{
    public static Payer Payer(this Credential credential, string face, DateTimeOffset now) => credential.Cap is not { } cap
        ? new(credential.AccountId, face, credential.Plan, credential.ApiKeyId) { Test = credential.Test }
        : new(credential.AccountId, face, credential.Plan, credential.ApiKeyId, cap.Credits, cap.Period, cap.WindowStart(now));
}
