namespace Rpd.Server.Billing;

/// <summary>Something that was paid, or is about to be. Amounts are in the currency's smallest unit.</summary>
public sealed class Payment
{
    public const string Pack = "pack", TopUp = "top-up", OfPlan = "plan";
    public const string Pending = "pending", Paid = "paid", Failed = "failed";

    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Kind { get; init; }

    /// <summary>The pack's or the plan's name.</summary>
    public required string What { get; init; }
    public string? PaymentIntent { get; init; }
    public string? Invoice { get; init; }

    /// <summary>Which plan it was for.</summary>
    public string? Subscription { get; init; }

    /// <summary>That it bought, or that came with the plan since.</summary>
    public long Credits { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public required string Status { get; init; }
    public long Refunded { get; init; }
    public long Disputed { get; init; }

    /// <summary>Credits that were taken back.</summary>
    public long Reversed { get; init; }
    public int Reversals { get; init; }
    public string? Failure { get; init; }
    public string? ReceiptUrl { get; init; }
    public string? InvoiceUrl { get; init; }
    public string? InvoicePdf { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
}

/// <summary>Who an account is at Stripe.</summary>
public sealed class BillingCustomer
{
    public Guid AccountId { get; init; }
    public required string StripeId { get; init; }
    public long Reading { get; init; }
    public string? Checkout { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A plan that is paid for, as Stripe last said.</summary>
public sealed class Subscription
{
    /// <summary>Of those an account has one at most.</summary>
    public static readonly IReadOnlyList<string> Living = ["trialing", "active", "past_due", "unpaid", "paused"];

    /// <summary>With these the account has the plan; while it is past due Stripe still tries to collect.</summary>
    public static readonly IReadOnlyList<string> Entitling = ["trialing", "active", "past_due"];

    public required string Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Plan { get; init; }
    public required string Interval { get; init; }
    public required string Status { get; init; }

    /// <summary>The day of the month on which its allowance comes.</summary>
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset PeriodEnd { get; init; }
    public DateTimeOffset? PaidUntil { get; init; }
    public bool EndsAtPeriodEnd { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public string? GrantedMonth { get; init; }
    public long Granted { get; init; }
    public DateTimeOffset? AllowanceNext { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What Stripe has told, once.</summary>
public sealed class StripeEvent
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string Object { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? HandledAt { get; init; }
}

/// <summary>Credits that buy themselves when few are left.</summary>
public sealed class TopUp
{
    public Guid AccountId { get; init; }
    public bool Active { get; init; }

    /// <summary>Below this many credits.</summary>
    public long Threshold { get; init; }
    public required string Pack { get; init; }

    /// <summary>The most that may be paid so in a calendar month of UTC, in the currency's smallest unit.</summary>
    public long Ceiling { get; init; }
    public int Failures { get; init; }
    public DateTimeOffset? NotBefore { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What the payments of a day of UTC have brought, as they stand now. The database counts them.</summary>
public sealed class PaymentDay
{
    public DateOnly Day { get; init; }
    public required string Currency { get; init; }

    /// <summary>Neither given back nor contested, in the currency's smallest unit.</summary>
    public long Kept { get; init; }

    /// <summary>Of packs, and not taken back.</summary>
    public long Credits { get; init; }
}
