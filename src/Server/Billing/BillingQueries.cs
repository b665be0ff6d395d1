using Microsoft.EntityFrameworkCore;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Billing;

namespace Rpd.Server.Billing;

/// <summary>The card, or whatever else is kept at the payment service and can be charged.</summary>
public abstract record CardOnFile
{
    public sealed record None : CardOnFile;

    /// <param name="Label">"Visa ending in 4242".</param>
    public sealed record Kept(string Label) : CardOnFile;
}

public sealed class BillingQueries(AppDb db, StripeApi stripe, Cursors cursors, TimeProvider time)
{
    public const string ListName = "payments";

    public Task<SubscriptionView?> Plan(Guid account, CancellationToken cancel) => db.Subscriptions.AsNoTracking().Where(row => row.AccountId == account && Subscription.Living.Contains(row.Status))
        .Select(row => new SubscriptionView(row.Plan, row.Interval, row.Status, row.Amount, row.Currency, row.PeriodEnd, row.EndsAtPeriodEnd)).SingleOrDefaultAsync(cancel);

    /// <summary>The newest first.</summary>
    /// <param name="account">Null: everybody's.</param>
    /// <param name="position">Of a page before.</param>
    public async Task<Page<PaymentView>> Payments(Guid? account, string? position, int limit, CancellationToken cancel)
    {
        var before = position is null ? null : (Guid?)Guid.Parse(position);
        var from = before is null ? null : await db.Payments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == before, cancel);
        var rows = await db.Payments.AsNoTracking().Where(row => account == null || row.AccountId == account)
            .Where(row => from == null || row.CreatedAt < from.CreatedAt || (row.CreatedAt == from.CreatedAt && row.Id < from.Id))
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new([.. rows.Select(View)], more ? cursors.Write(ListName, rows[^1].Id.ToString()) : null);
    }

    public async Task<TopUpView?> TopUp(Guid account, CancellationToken cancel)
    {
        if (await db.TopUps.AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == account, cancel) is not { } row) return null;
        var now = time.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var spent = await db.Payments.Where(one => one.AccountId == account && one.Kind == Payment.TopUp && one.Status != Payment.Failed && one.CreatedAt >= month).SumAsync(one => one.Amount, cancel);
        return new(row.Active, row.Threshold, row.Pack, row.Ceiling, spent);
    }

    /// <summary>Asked of Stripe: nothing of cards is kept here.</summary>
    public async Task<Outcome<CardOnFile>> Method(Guid account, CancellationToken cancel)
    {
        if (await db.BillingCustomers.AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == account, cancel) is not { } customer) return new CardOnFile.None();
        var methods = await stripe.Methods(customer.StripeId, cancel);
        if (methods.Failed) return CustomerOf.Declined(methods.Failure);
        return methods.Value.Data switch
        {
            [] => new CardOnFile.None(),
            [{ Card: { } card }, ..] => new CardOnFile.Kept($"{char.ToUpperInvariant(card.Brand[0])}{card.Brand[1..]} ending in {card.Last4}"),
            [var other, ..] => new CardOnFile.Kept(other.Type.Replace('_', ' ')),
        };
    }

    public static PaymentView View(Payment row) => new(row.Id, row.Kind, row.What, row.Credits, row.Amount, row.Currency, row.Status, row.Refunded, row.Disputed, row.Failure, row.ReceiptUrl, row.InvoiceUrl, row.InvoicePdf, row.CreatedAt);
}
