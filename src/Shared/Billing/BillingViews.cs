namespace Rpd.Shared.Billing;

/// <summary>A plan that is paid for.</summary>
/// <param name="Interval"><c>month</c> or <c>year</c>.</param>
/// <param name="Status">As the payment service calls it: <c>active</c>, <c>past_due</c>, <c>unpaid</c>, <c>trialing</c> or <c>paused</c>.</param>
/// <param name="Amount">For each interval, in the currency's smallest unit, without tax.</param>
/// <param name="PeriodEnd">When it is paid for again, or ends.</param>
/// <param name="Ends">Whether it ends then.</param>
public sealed record SubscriptionView(string Plan, string Interval, string Status, long Amount, string Currency, DateTimeOffset PeriodEnd, bool Ends);

/// <summary>Something that was paid.</summary>
/// <param name="Kind"><c>pack</c>, <c>top-up</c> or <c>plan</c>.</param>
/// <param name="What">The pack's or the plan's name.</param>
/// <param name="Credits">That it brought.</param>
/// <param name="Amount">In the currency's smallest unit, as are <paramref name="Refunded"/> and <paramref name="Disputed"/>.</param>
/// <param name="Status"><c>pending</c>, <c>paid</c> or <c>failed</c>.</param>
/// <param name="Failure">Why it failed, in words.</param>
public sealed record PaymentView(
    Guid Id, string Kind, string What, long Credits, long Amount, string Currency, string Status, long Refunded, long Disputed, string? Failure, string? ReceiptUrl, string? InvoiceUrl, string? InvoicePdf, DateTimeOffset CreatedAt);

/// <summary>Credits that buy themselves.</summary>
/// <param name="Threshold">Below this many credits.</param>
/// <param name="Pack">The pack's name.</param>
/// <param name="Ceiling">The most in a calendar month of UTC, in the currency's smallest unit.</param>
/// <param name="Spent">Of that in this month.</param>
public sealed record TopUpView(bool Active, long Threshold, string Pack, long Ceiling, long Spent);

/// <summary>What another plan costs.</summary>
/// <param name="Price">For each interval, in the currency's smallest unit, without tax.</param>
/// <param name="DueNow">What is paid for the change at once; less than nothing is kept for the next invoice.</param>
public sealed record PlanChangeView(string Plan, string Interval, long Price, long DueNow, string Currency);
