using Npgsql;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Credits;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Server.Plans;
using Rpd.Shared.Billing;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Billing;

/// <summary>
/// Looks up all plans of a customer at Stripe and makes the account's the same. An account has one: should two live, which two payment pages at once can
/// bring about, the later one is ended and its money goes back.
/// </summary>
public sealed class ReadSubscriptions(
    NpgsqlDataSource database, StripeApi stripe, Looks looks, ReadPayment payments, GrantAllowances allowances, PlanList plans, LiveFeed live, JobBell bell, TimeProvider time)
{
    /// <exception cref="StripeException">Stripe does not answer.</exception>
    public async Task<Looked> Run(string? customer, CancellationToken cancel)
    {
        for (var paymentRead = false; ; paymentRead = true)
        {
            if (await looks.Begin(customer, cancel) is not { } look) return Looked.NotOurs;
            var found = Ours((await stripe.Subscriptions(look.Customer, cancel)).OrThrow());
            var living = found.Where(one => Subscription.Living.Contains(one.Status)).OrderBy(one => one.Created).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
            if (living.Count > 1)
            {
                foreach (var twin in living.Skip(1)) await End(twin, refund: true, cancel);
                return Looked.Overtaken;
            }
            // The payment first: an allowance says which one brought it.
            if (paymentRead || living is not [{ LatestInvoice: { Total: > 0, Status: "paid" } invoice }] || await Booked(invoice.Id, cancel)) return await Write(look, found, cancel);
            if (await payments.Invoice(invoice.Id, look.Customer, cancel) == Looked.Overtaken) return Looked.Overtaken;
        }
    }

    private async Task<bool> Booked(string invoice, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select 1 from payments where invoice = $1 and status = 'paid'");
        command.Parameters.AddWithValue(invoice);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    /// <summary>Ends whatever an account pays for, because it is being deleted.</summary>
    public async Task EndAll(string customer, CancellationToken cancel)
    {
        foreach (var one in Ours((await stripe.Subscriptions(customer, cancel)).OrThrow()).Where(one => Subscription.Living.Contains(one.Status))) await End(one, refund: false, cancel);
        await Run(customer, cancel);
    }

    /// <summary>Which plan it is of; null for what is not of this product.</summary>
    public static (string Plan, string Interval)? PlanOf(StripeSubscription subscription) =>
        subscription.Items.Data is [{ Price.Metadata: { } said }, ..] && said.TryGetValue(StripeApi.Plan, out var plan) && said.TryGetValue(StripeApi.Interval, out var interval) ? (plan, interval) : null;

    private IReadOnlyList<StripeSubscription> Ours(StripeList<StripeSubscription> all) => [.. all.Data.Where(one => PlanOf(one) is { } of && PlanIntervals.All.Contains(of.Interval) && plans.Has(of.Plan))];

    private async Task End(StripeSubscription one, bool refund, CancellationToken cancel)
    {
        (await stripe.CancelSubscription(one.Id, cancel)).OrThrow();
        if (!refund || one.LatestInvoice is not { AmountPaid: > 0 } paid) return;
        if ((await stripe.Invoice(paid.Id, cancel)).OrThrow().Intent is { } intent) (await stripe.Refund(intent, paid.AmountPaid, paid.AmountPaid, cancel)).OrThrow();
    }

    private async Task<Looked> Write(Look look, IReadOnlyList<StripeSubscription> found, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (!await Looks.Holds(transaction, look, cancel)) return Looked.Overtaken;
        var before = await Standing(transaction, look.Account, cancel);
        // What has ended first: of those that live there may be one.
        foreach (var one in found.OrderBy(one => Subscription.Living.Contains(one.Status))) await Upsert(transaction, look.Account, one, cancel);
        var after = await Standing(transaction, look.Account, cancel);
        var plan = after is not null && Subscription.Entitling.Contains(after.Value.Status) ? after.Value.Plan : null;
        // Only what a payment gave is taken: a plan that an administrator gave stays.
        if (plan is not null || (before is not null && Subscription.Entitling.Contains(before.Value.Status))) await SetPlan(transaction, look.Account, plan ?? PlanList.Free, cancel);
        await allowances.Within(transaction, look.Account, cancel);
        if (News(look.Account, before, after) is { } news) await Notify.Write(transaction, news, time.GetUtcNow(), cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(CreditQueries.Spendable, look.Account);
        live.TellCount(Notify.Unread, look.Account);
        bell.Ring(Lanes.Quick);
        return Looked.Written;
    }

    private static Notice? News(Guid account, (string Plan, string Status)? before, (string Plan, string Status)? after)
    {
        if (after is { Status: "past_due" or "unpaid" } behind && before?.Status != behind.Status)
            return new(account, NotificationKinds.Billing, "billing:behind", $"The payment for your plan {behind.Plan} failed. It is tried again; check what it is paid by.", "/billing");
        return before is { } ended && after is null && Subscription.Entitling.Contains(ended.Status)
            ? new(account, NotificationKinds.Billing, "billing:ended", $"Your plan {ended.Plan} has ended. Bought credits stay.", "/billing") : null;
    }

    private static async Task<(string Plan, string Status)?> Standing(NpgsqlTransaction within, Guid account, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select plan, status from subscriptions where account_id = $1 and status = any($2)", within.Connection, within);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(Subscription.Living.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetString(0), row.GetString(1)) : null;
    }

    private async Task Upsert(NpgsqlTransaction within, Guid account, StripeSubscription one, CancellationToken cancel)
    {
        var ((plan, interval), item) = (PlanOf(one)!.Value, one.Items.Data[0]);
        await using var command = new NpgsqlCommand("""
            insert into subscriptions as s (id, account_id, plan, interval, status, started_at, period_end, paid_until, ends_at_period_end, amount, currency, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, case when $8 then $7 end, $9, $10, $11, $12)
            on conflict (id) do update set plan = excluded.plan, interval = excluded.interval, status = excluded.status, period_end = excluded.period_end,
              paid_until = coalesce(excluded.paid_until, s.paid_until), ends_at_period_end = excluded.ends_at_period_end, amount = excluded.amount, currency = excluded.currency, updated_at = excluded.updated_at,
              allowance_next = case when excluded.status in ('trialing', 'active', 'past_due') then s.allowance_next end
            """, within.Connection, within)
        {
            Parameters =
            {
                new() { Value = one.Id }, new() { Value = account }, new() { Value = plan }, new() { Value = interval }, new() { Value = one.Status }, new() { Value = PaymentFacts.At(one.StartDate) },
                new() { Value = PaymentFacts.At(item.CurrentPeriodEnd) }, new() { Value = one.LatestInvoice is null or { Status: "paid" } }, new() { Value = one.CancelAtPeriodEnd || one.CancelAt is not null },
                new() { Value = item.Price.UnitAmount ?? 0 }, new() { Value = item.Price.Currency }, new() { Value = time.GetUtcNow() },
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task SetPlan(NpgsqlTransaction within, Guid account, string plan, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("update accounts set plan = $2 where id = $1 and plan <> $2", within.Connection, within);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(plan);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
