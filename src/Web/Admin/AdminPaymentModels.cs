using Rpd.Shared;
using Rpd.Shared.Billing;

namespace Rpd.Web.Admin;

/// <param name="Reversed">Credits that went back with the money.</param>
public sealed record AdminPayment(PaymentView Payment, Guid AccountId, string Handle, long Reversed);

/// <param name="State">What the list is narrowed to.</param>
/// <param name="Cursor">Of this page; null for the newest.</param>
public sealed record AdminPaymentsModel(Page<AdminPayment> Payments, string? State, Guid? Account, string? Cursor, string? Said)
{
    public RefusedAction Refused { get; init; } = RefusedAction.None;
}
