using Microsoft.AspNetCore.DataProtection;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Authenticators' secrets lie sealed in the database, each for its own account.</summary>
public sealed class AuthenticatorSecrets(IDataProtectionProvider protection)
{
    public string Seal(Guid account, byte[] secret) => Convert.ToBase64String(Protector(account).Protect(secret));

    public byte[] Open(Authenticator row) => Protector(row.AccountId).Unprotect(Convert.FromBase64String(row.SealedSecret));

    private IDataProtector Protector(Guid account) => protection.CreateProtector("authenticator", account.ToString());
}
