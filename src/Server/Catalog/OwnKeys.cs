using Rpd.Server.ApiKeys;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>An account's own credentials at vendors. A run with them costs it the platform's fee alone.</summary>
/// <param name="access">By provider.</param>
/// <param name="percent">The fee, in hundredths of the usual price.</param>
public sealed class OwnKeys(IReadOnlyDictionary<string, VendorAccess> access, int percent)
{
    public static OwnKeys None { get; } = new(new Dictionary<string, VendorAccess>(), 0);

    public VendorAccess? Of(string provider) => access.GetValueOrDefault(provider);

    /// <summary>Rounded up, and at least 1 for whatever has a price.</summary>
    public EstimateView Fee(EstimateView usual) => usual with
    {
        Credits = usual.Credits == 0 ? 0 : Math.Max(1, checked((usual.Credits * percent) + 99) / 100),
        OwnKey = true,
        UsualCredits = usual.Credits,
    };
}

/// <summary>Where the keys lie.</summary>
public interface IOwnKeys
{
    Task<OwnKeys> Of(Guid account, CancellationToken cancel);

    /// <returns>What the account is known by at that vendor, which is used now; null when it has no key there any more.</returns>
    Task<VendorAccess?> Use(Guid account, string provider, CancellationToken cancel);
}

public static class OwnKeysOfCaller
{
    /// <summary>Of whoever calls the API. A test key's runs are played, so they need no key of anybody's.</summary>
    public static Task<OwnKeys> OfCaller(this IOwnKeys keys, HttpContext http) =>
        http.OptionalCredential() is { Test: false } credential ? keys.Of(credential.AccountId, http.RequestAborted) : Task.FromResult(OwnKeys.None);
}
