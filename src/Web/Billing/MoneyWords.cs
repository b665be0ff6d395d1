using Rpd.Shared.Billing;
using Rpd.Web.Ui;

namespace Rpd.Web.Billing;

/// <summary>How money and what became of it reads.</summary>
public static class MoneyWords
{
    /// <param name="amount">In hundredths: currencies that have none are not sold in here.</param>
    public static string Money(long amount, string currency)
    {
        var number = (Math.Abs(amount) / 100m).ToString(amount % 100 == 0 ? "N0" : "N2", Words.English);
        return (amount < 0 ? "−" : "") + currency switch { "usd" => "$" + number, "eur" => "€" + number, "gbp" => "£" + number, _ => $"{number} {currency.ToUpperInvariant()}" };
    }

    public static string What(PaymentView payment) => payment.Kind switch
    {
        "plan" => $"Plan {Words.Sentence(payment.What)}",
        "top-up" => $"Automatic top-up, {Words.Credits(payment.Credits)}",
        _ => Words.Credits(payment.Credits),
    };

    public static string Standing(PaymentView payment) => payment switch
    {
        { Status: "pending" } => "On its way",
        { Status: "failed" } => "Failed",
        { Disputed: > 0 } => "Disputed",
        { Refunded: > 0 } when payment.Refunded >= payment.Amount => "Refunded",
        { Refunded: > 0 } => $"{Money(payment.Refunded, payment.Currency)} refunded",
        _ => "Paid",
    };

    /// <summary>The tag's colour: money that went back is no good news.</summary>
    public static string? Tone(PaymentView payment) => payment switch
    {
        { Status: "failed" } or { Disputed: > 0 } => "tag-bad",
        { Status: "paid", Refunded: 0 } => "tag-good",
        _ => null,
    };

    public static string Interval(string interval) => interval == PlanIntervals.Year ? "a year" : "a month";
}
