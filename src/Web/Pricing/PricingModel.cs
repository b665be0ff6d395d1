using Rpd.Shared.Catalog;

namespace Rpd.Web.Pricing;

/// <param name="Plans">The least first.</param>
/// <param name="Examples">What credits buy here; empty when nothing is switched on.</param>
/// <param name="FreeCredits">What a confirmed new account is given; 0 when it is given nothing.</param>
/// <param name="PaymentsReady">Whether this installation can take money.</param>
public sealed record PricingModel(
    IReadOnlyList<PlanOffer> Plans, IReadOnlyList<PackOffer> Packs, IReadOnlyList<CreditExample> Examples, long FreeCredits, bool SignUpOpen, bool PaymentsReady);

/// <param name="Credits">That arrive each month and lapse with it.</param>
/// <param name="MonthlyUsd">Without tax; null when it is not sold so.</param>
public sealed record PlanOffer(string Name, long Credits, int AtOnce, int GenerationsPerMinute, int CallsPerMinute, long StorageBytes, long UploadBytes, int CustomModels, decimal? MonthlyUsd = null, decimal? YearlyUsd = null);

/// <param name="PriceUsd">Without tax.</param>
public sealed record PackOffer(string Name, long Credits, decimal PriceUsd);
