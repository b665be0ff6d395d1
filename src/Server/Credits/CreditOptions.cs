using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Credits;

/// <summary>Section <c>Credits</c>.</summary>
public sealed record CreditOptions
{
    /// <summary>Promo credits for a newly confirmed account. 0 gives none.</summary>
    [Range(0, 1_000_000)]
    public long Welcome { get; init; } = 100;

    /// <summary>How many accounts of one network (IPv4 /24, IPv6 /48) get a welcome grant on one UTC day.</summary>
    [Range(0, int.MaxValue)]
    public int WelcomePerNetworkPerDay { get; init; } = 5;

    /// <summary>Providers or model ids that promo credits may pay for, between commas; <c>*</c> for all. One text, because settings would add a list to its default.</summary>
    public string PromoModels { get; init; } = "studio, sandbox, rapshee, builtin";

    /// <summary>Default threshold of the low-balance notice, in credits.</summary>
    [Range(0, long.MaxValue)]
    public long LowBalanceThreshold { get; init; } = 10;

    /// <summary>Credits that the test keys of an account may spend together on a UTC day. They cost nothing and are in no ledger.</summary>
    [Range(0, 1_000_000_000)]
    public long TestDaily { get; init; } = 1000;

    /// <summary>Whether a cancelled run comes back as a whole also when a provider has begun it that cannot stop, and bills it.</summary>
    public bool RefundUncancellable { get; init; }

    /// <summary>What a run with a provider key of the account's own costs, in hundredths of the usual price; rounded up, at least 1.</summary>
    [Range(0, 100)]
    public int OwnKeyPercent { get; init; } = 20;

    /// <summary>How long what a node has set aside for short calls stays away from its account when that node dies.</summary>
    [Range(2, 3600)]
    public int LeaseSeconds { get; init; } = 30;

    public bool PromoPays(string provider, string model) =>
        PromoModels.Split(',', StringSplitOptions.TrimEntries).Any(name => name == "*" || name == provider || name == model);
}
