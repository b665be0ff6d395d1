using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Billing;

/// <summary>
/// The job <c>billing.top-up</c>: charges the card that is kept, under our own number of the payment, so that asking twice charges once. What Stripe then says of it is booked
/// as of every payment. After three refusals in a row the top-up is off.
/// </summary>
public sealed class PayTopUp(AppDb db, NpgsqlDataSource database, StripeApi stripe, ReadPayment read, LiveFeed live, TimeProvider time) : IJob
{
    public const string Kind = "billing.top-up";

    private const int FailuresMax = 3;

    internal sealed record Args(Guid Payment);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        var id = job.Read<Args>().Payment;
        if (await db.Payments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Status == Payment.Pending, cancel) is not { } payment) return JobResult.Done;
        var customer = await db.BillingCustomers.AsNoTracking().SingleAsync(row => row.AccountId == payment.AccountId, cancel);
        if (payment.PaymentIntent is null)
        {
            if (await Method(customer.StripeId, cancel) is not { } method) return await Fail(payment, "There is no card to charge.", cancel);
            var charged = await stripe.CreateIntent(Charge(payment, customer.StripeId, method), $"top-up:{payment.Id}", cancel);
            if (charged is { Failed: true, Failure.OfCard: true }) return await Fail(payment, charged.Failure.Message, cancel);
            // Should it have been charged all the same, Stripe tells of it, and then it is booked.
            if (charged.Failed && job.LastAttempt) return await Fail(payment, "Stripe did not answer.", cancel);
            if (await read.Intent(charged.OrThrow().Id, customer.StripeId, cancel) == Looked.Overtaken) return JobResult.Snooze(TimeSpan.FromMilliseconds(Random.Shared.Next(100, 1000)));
        }
        var now = await db.Payments.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        if (now.Status == Payment.Failed) return await Fail(now, now.Failure ?? "The bank asks for more than a card.", cancel);
        if (now.Status == Payment.Paid) await db.TopUps.Where(row => row.AccountId == payment.AccountId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Failures, 0).SetProperty(row => row.NotBefore, (DateTimeOffset?)null), cancel);
        return JobResult.Done;
    }

    private static StripeForm Charge(Payment payment, string customer, string method) => new StripeForm()
        .Add("amount", payment.Amount).Add("currency", payment.Currency).Add("customer", customer).Add("payment_method", method).Add("off_session", true).Add("confirm", true)
        .Add($"metadata[{StripeApi.Account}]", payment.AccountId.ToString()).Add($"metadata[{StripeApi.Kind}]", Payment.TopUp).Add($"metadata[{StripeApi.What}]", payment.What)
        .Add($"metadata[{StripeApi.Credits}]", payment.Credits).Add($"metadata[{StripeApi.Payment}]", payment.Id.ToString());

    private async Task<string?> Method(string customer, CancellationToken cancel) =>
        (await stripe.Customer(customer, cancel)).OrThrow().InvoiceSettings?.DefaultPaymentMethod ?? (await stripe.Methods(customer, cancel)).OrThrow().Data.FirstOrDefault()?.Id;

    private async Task<JobResult> Fail(Payment payment, string why, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Each refusal a longer wait: an hour, then two.
        await using var command = new NpgsqlCommand("""
            with failed as (update payments set status = 'failed', failure = $2 where id = $1)
            update top_ups set failures = failures + 1, active = active and failures + 1 < $4, not_before = $3::timestamptz + make_interval(hours => failures + 1) where account_id = $5 returning active
            """, connection, transaction);
        command.Parameters.AddWithValue(payment.Id);
        command.Parameters.AddWithValue(why);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(FailuresMax);
        command.Parameters.AddWithValue(payment.AccountId);
        var goesOn = await command.ExecuteScalarAsync(cancel) is true;
        var title = goesOn ? $"An automatic top-up failed: {why}" : $"Automatic top-up is off: it failed {FailuresMax} times. {why}";
        await Notify.Write(transaction, new(payment.AccountId, NotificationKinds.Billing, goesOn ? "top-up:failed" : "top-up:off", title, "/billing", null, payment.Id), now, cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(Notify.Unread, payment.AccountId);
        return JobResult.Done;
    }
}
