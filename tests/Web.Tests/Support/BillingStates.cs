using Rpd.Shared;
using Rpd.Shared.Billing;
using Rpd.Web.Admin;
using Rpd.Web.Billing;

namespace Rpd.Web.Tests.Support;

public static class BillingStates
{
    private static readonly SubscriptionView Pro = new("pro", "month", "active", 2900, "usd", Samples.Now.AddDays(11), Ends: false);

    private static readonly PaymentView Paid = new(Samples.Id(700), "pack", "medium", 500, 2400, "usd", "paid", 0, 0, null, "https://pay.stripe.com/receipts/1", "https://invoice.stripe.com/1", "https://invoice.stripe.com/1/pdf", Samples.Now.AddDays(-3));

    private static readonly BillingModel Billing = new(
        Samples.Credits.Balance, Ready: true, Missing: [], "usd", Pro, [new("creator", 200, 900, 9000), new("pro", 650, 2900, 29000), new("business", 2300, 9900, null)], CatalogueStates.Pricing.Packs, CatalogueStates.Pricing.Examples,
        "Visa ending in 4242", CardUnknown: false, new(Active: true, 50, "small", 5000, 1000),
        new([Paid, Paid with { Id = Samples.Id(701), Kind = "top-up", What = "small", Credits = 100, Amount = 500, Status = "failed", Failure = "Your card was declined.", ReceiptUrl = null, InvoicePdf = null },
            Paid with { Id = Samples.Id(702), Kind = "plan", What = "pro", Credits = 650, Amount = 2900, Refunded = 2900 }, Paid with { Id = Samples.Id(703), Disputed = 2400 },
            Paid with { Id = Samples.Id(704), Refunded = 250 }, Paid with { Id = Samples.Id(705), Status = "pending", ReceiptUrl = null, InvoicePdf = null }], "next"), null);

    private static readonly AdminPaymentsModel Payments = new(
        new([.. Billing.Payments.Items.Select(payment => new AdminPayment(payment, Samples.Id(800), "mara", payment.Refunded > 0 ? 500 : 0))], "next"), null, null, null, null);

    public static readonly PageStates All = new()
    {
        ["payments of all"] = (typeof(AdminPaymentsPage), Payments, Samples.Viewer with { IsAdmin = true }),
        ["payments of all, refused"] = (typeof(AdminPaymentsPage), Payments with { State = "paid", Account = Samples.Id(800), Cursor = "here", Refused = new($"refund-{Paid.Id}", new([new("amount", "More than is left."), new("reason", "Say why.")]), new Dictionary<string, string> { ["amount"] = "99" }) }, Samples.Viewer with { IsAdmin = true }),
        ["payments of all, none"] = (typeof(AdminPaymentsPage), Payments with { Payments = new([], null), Said = "$24 of this payment were sent back in all; its credits follow." }, Samples.Viewer with { IsAdmin = true }),
        ["billing"] = (typeof(BillingPage), Billing, Samples.Viewer),
        ["billing, nothing yet"] = (typeof(BillingPage), Billing with { Subscription = null, Card = null, TopUp = null, Payments = new([], null), Examples = [], Said = "Thank you. Your credits are here." }, Samples.Viewer),
        ["billing, behind and owing"] = (typeof(BillingPage), Billing with { Subscription = Pro with { Status = "past_due" }, Balance = Samples.Credits.Balance with { Owed = 120, Balance = 0 }, CardUnknown = true, Card = null }, Samples.Viewer),
        ["billing, ending, refused"] = (typeof(BillingPage), Billing with
        {
            Subscription = Pro with { Ends = true, Interval = "year" },
            Errors = new([new("threshold", "A whole number."), new("pack", "Choose a pack."), new("ceiling", "The ceiling is below the price of one pack."), new("active", "Add a card first."), new("", "Your card was declined.")]),
            Typed = new Dictionary<string, string> { ["active"] = "true", ["threshold"] = "lots", ["pack"] = "large", ["ceiling"] = "1" },
            Cursor = "here",
        }, Samples.Viewer),
        ["billing, not set up"] = (typeof(BillingPage), Billing with { Ready = false, Missing = ["Stripe:SecretKey", "Stripe:WebhookSecret"], Subscription = null, Payments = new([], null) }, Samples.Viewer with { IsAdmin = true }),
        ["change of the plan"] = (typeof(PlanChangePage), new PlanChangeModel(Pro, new("business", "month", 9900, 3500, "usd"), 2300), Samples.Viewer),
        ["change of the plan, less"] = (typeof(PlanChangePage), new PlanChangeModel(Pro, new("creator", "year", 9000, -1210, "eur"), 200), Samples.Viewer),
        ["on to Stripe"] = (typeof(LeavePage), new LeaveModel("https://checkout.stripe.com/c/pay/cs_1", "You pay on Stripe's page and come back here."), Samples.Viewer),
    };
}
