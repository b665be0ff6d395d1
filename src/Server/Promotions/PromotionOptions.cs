using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Promotions;

/// <summary>Section <c>Promotions</c>.</summary>
public sealed record PromotionOptions
{
    /// <summary>Unknown codes that one account may try in an hour.</summary>
    [Range(1, 1_000_000)]
    public int RedeemTriesPerAccount { get; init; } = 10;

    /// <summary>Unknown codes that may be tried from one network (IPv4 /24, IPv6 /48) in an hour.</summary>
    [Range(1, 1_000_000)]
    public int RedeemTriesPerNetwork { get; init; } = 50;
}

/// <summary>Section <c>Referrals</c>.</summary>
public sealed record ReferralOptions
{
    /// <summary>Promo credits for somebody who came by a link, beside the welcome credits. 0 gives none.</summary>
    [Range(0, 1_000_000)]
    public long InvitedCredits { get; init; } = 50;

    /// <summary>Promo credits for whose link it was. 0 gives none.</summary>
    [Range(0, 1_000_000)]
    public long ReferrerCredits { get; init; } = 50;

    /// <summary>Credits that the invited must have spent, of those that were no gift, before the other side gets its own.</summary>
    [Range(1, 1_000_000_000)]
    public long AfterSpending { get; init; } = 10;

    /// <summary>How long after the sign-up that may happen.</summary>
    [Range(1, 3650)]
    public int Days { get; init; } = 90;

    /// <summary>How many of those whom one account has invited bring it credits in a UTC month. The others wait for the next.</summary>
    [Range(0, int.MaxValue)]
    public int PerReferrerPerMonth { get; init; } = 10;

    /// <summary>How many invited accounts of one network (IPv4 /24, IPv6 /48) get credits on one UTC day.</summary>
    [Range(0, int.MaxValue)]
    public int PerNetworkPerDay { get; init; } = 3;

    public bool On => InvitedCredits + ReferrerCredits > 0;
}
