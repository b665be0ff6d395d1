using Rpd.Shared;
using Rpd.Shared.Billing;
using Rpd.Shared.Credits;
using Rpd.Shared.Catalog;
using Rpd.Web.Pricing;

namespace Rpd.Web.Billing;

/// <param name="Ready">Whether this installation takes money.</param>
/// <param name="Missing">Settings that an administrator should set; empty for everybody else.</param>
/// <param name="Subscription">Null when no plan is paid for.</param>
/// <param name="Card">What can be charged: "Visa ending in 4242"; null when nothing is kept.</param>
/// <param name="CardUnknown">The payment service did not say.</param>
/// <param name="TopUp">Null when it was never set.</param>
/// <param name="Cursor">Where this page of the payments starts; null at the top.</param>
public sealed record BillingModel(
    BalanceView Balance, bool Ready, IReadOnlyList<string> Missing, string Currency, SubscriptionView? Subscription, IReadOnlyList<PlanToBuy> Plans, IReadOnlyList<PackOffer> Packs, IReadOnlyList<CreditExample> Examples,
    string? Card, bool CardUnknown, TopUpView? TopUp, Page<PaymentView> Payments, string? Cursor)
{
    public string? Said { get; init; }

    public FormErrors Errors { get; init; } = FormErrors.None;

    /// <summary>Of the top-up, when its form was refused.</summary>
    public IReadOnlyDictionary<string, string>? Typed { get; init; }
}

/// <param name="Credits">That arrive each month.</param>
/// <param name="Monthly">In the currency's smallest unit; null when it is not sold so.</param>
public sealed record PlanToBuy(string Name, long Credits, long? Monthly, long? Yearly);

/// <param name="Credits">That arrive each month with the other plan.</param>
public sealed record PlanChangeModel(SubscriptionView From, PlanChangeView To, long Credits);

/// <summary>On the way to somebody else's page.</summary>
public sealed record LeaveModel(string Url, string What);
