using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Rpd.Server.Providers.Vendors;
using Secret = Rpd.Server.Providers.Secret;

namespace Rpd.Server.ProviderKeys;

/// <summary>What an account has sent in. It is only ever sealed or made into a <see cref="VendorAccess"/>, whose secrets show dots.</summary>
internal sealed record OwnCredentials(string? ApiKey, string? AccessKey, string? SecretKey, string? ServiceAccount, string? Project, string? Location)
{
    /// <summary>Calls go where the operator's would, with these credentials and none of his.</summary>
    public VendorAccess Over(VendorAccess operators) => operators with
    {
        ApiKey = Hidden(ApiKey),
        AccessKey = AccessKey,
        SecretKey = Hidden(SecretKey),
        ServiceAccount = Hidden(ServiceAccount),
        Project = Project,
        Location = Location ?? operators.Location,
        WebhookSecret = null,
    };

    /// <summary>The last letters of what its owner knows it by: of a pair, the half that is no secret.</summary>
    public string Hint => new Secret(ApiKey ?? AccessKey ?? (ServiceAccount is null ? SecretKey ?? "" : GoogleAccount.Name(ServiceAccount))).Hint;

    public override string ToString() => Hint;

    private static Secret? Hidden(string? text) => text is null ? null : new(text);
}

/// <summary>Credentials lie sealed in the database, each for its own account and vendor.</summary>
internal sealed class SealKeys(IDataProtectionProvider protection, ILogger<SealKeys> log)
{
    public string Seal(Guid account, string provider, OwnCredentials credentials) => Protector(account, provider).Protect(JsonSerializer.Serialize(credentials));

    /// <returns>Null when the key ring that sealed it is gone.</returns>
    public OwnCredentials? Open(Guid account, string provider, string sealedCredentials)
    {
        try
        {
            return JsonSerializer.Deserialize<OwnCredentials>(Protector(account, provider).Unprotect(sealedCredentials));
        }
        catch (CryptographicException fault)
        {
            log.LogError(fault, "Account {Account}: the key for {Provider} cannot be read any more. It must be entered again", account, provider);
            return null;
        }
    }

    private IDataProtector Protector(Guid account, string provider) => protection.CreateProtector("provider key", account.ToString(), provider);
}
