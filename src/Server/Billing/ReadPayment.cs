using Npgsql;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Credits;
using Rpd.Server.Live;

namespace Rpd.Server.Billing;

/// <summary>Looks up a payment at Stripe, whatever was told of it, and books it as it is now.</summary>
public sealed class ReadPayment(NpgsqlDataSource database, StripeApi stripe, Looks looks, BookPayment book, LiveFeed live, TimeProvider time)
{
    /// <param name="customer">When it is known.</param>
    /// <exception cref="StripeException">Stripe does not answer.</exception>
    public async Task<Looked> Intent(string id, string? customer, CancellationToken cancel)
    {
        // A dispute does not say whose payment it is about.
        customer ??= (await stripe.Intent(id, cancel)).OrThrow().Customer;
        if (await looks.Begin(customer, cancel) is not { } look) return Looked.NotOurs;
        var intent = (await stripe.Intent(id, cancel)).OrThrow();
        if (PaymentFacts.Of(intent, 0, null) is null)
            return (await stripe.InvoicesOf(id, cancel)).OrThrow().Data.Select(one => one.Invoice).FirstOrDefault(one => one is not null) is { } invoice
                ? await Invoice(invoice, customer, cancel) : Looked.NotOurs;
        if (intent.Metadata!.GetValueOrDefault(StripeApi.Account) != look.Account.ToString()) return Looked.NotOurs;
        return await Write(look, PaymentFacts.Of(intent, await Disputed(intent, cancel), null)!, cancel);
    }

    /// <exception cref="StripeException">Stripe does not answer.</exception>
    public async Task<Looked> Invoice(string id, string? customer, CancellationToken cancel)
    {
        if (await looks.Begin(customer, cancel) is not { } look) return Looked.NotOurs;
        var invoice = (await stripe.Invoice(id, cancel)).OrThrow();
        var intent = invoice.Intent is { } of ? (await stripe.Intent(of, cancel)).OrThrow() : null;
        if (invoice.Subscription is null)
            return intent is not null && PaymentFacts.Of(intent, await Disputed(intent, cancel), invoice) is { } pack ? await Write(look, pack, cancel) : Looked.NotOurs;
        var plan = (await stripe.Subscriptions(look.Customer, cancel)).OrThrow().Data.Where(one => one.Id == invoice.Subscription).Select(ReadSubscriptions.PlanOf).FirstOrDefault();
        // An invoice of nothing was paid by nobody; a draft may still change.
        if (plan is null || invoice.Total <= 0 || invoice.Status == "draft") return Looked.NotOurs;
        return await Write(look, PaymentFacts.Of(invoice, plan.Value.Plan, intent, intent is null ? 0 : await Disputed(intent, cancel)), cancel);
    }

    private async Task<long> Disputed(StripeIntent intent, CancellationToken cancel) =>
        intent.LatestCharge?.Disputed == true ? (await stripe.Disputes(intent.Id, cancel)).OrThrow().Data.Where(dispute => dispute.Takes).Sum(dispute => dispute.Amount) : 0;

    private async Task<Looked> Write(Look look, PaymentFacts facts, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (!await Looks.Holds(transaction, look, cancel)) return Looked.Overtaken;
        await book.Run(transaction, look.Account, facts, time.GetUtcNow(), cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(CreditQueries.Spendable, look.Account);
        return Looked.Written;
    }
}
