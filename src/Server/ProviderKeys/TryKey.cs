using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.ProviderKeys;

/// <param name="Refused">The vendor's words, when it does not take the key.</param>
/// <param name="Notice">Why nobody knows, when the vendor could not be asked.</param>
internal readonly record struct TriedKey(string? Refused, string? Notice)
{
    public bool Works => Refused is null && Notice is null;
}

/// <summary>Shows a key to its vendor, by a call that costs nothing.</summary>
internal sealed class TryKey(VendorRuns runs)
{
    // Somebody waits before a form.
    private const int Seconds = 10;

    public async Task<TriedKey> Run(Vendor vendor, VendorAccess access, CancellationToken cancel) => await runs.Check(vendor, access with { CallSeconds = Seconds }, cancel) switch
    {
        null => default,
        { Fault: ProviderFault.InsufficientQuota or ProviderFault.InvalidInput or ProviderFault.ContentPolicy } refused => new($"{vendor.Name} does not take this key: {refused.Message}", null),
        var trouble => new(null, $"{vendor.Name} could not be asked about this key: {trouble.Message}"),
    };
}
