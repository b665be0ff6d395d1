namespace Rpd.Server.Credits;

/// <summary>Section <c>Credits</c>.</summary>
public sealed record CreditOptions
{
    /// <summary>Promo credits for a newly confirmed account. 0 gives none.</summary>
    public long Welcome { get; init; } = 100;

    /// <summary>How many accounts of one network (IPv4 /24, IPv6 /48) get a welcome grant on one UTC day.</summary>
    public int WelcomePerNetworkPerDay { get; init; } = 5;

    /// <summary>Providers or model ids that promo credits may pay for; <c>*</c> for all.</summary>
    public IReadOnlyList<string> PromoModels { get; init; } = ["studio", "sandbox", "rapshee"];

    /// <summary>Default threshold of the low-balance notice, in credits.</summary>
    public long LowBalanceThreshold { get; init; } = 10;
}
