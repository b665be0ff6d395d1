using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Credits;

namespace Rpd.Server.Billing;

/// <summary>
/// Writes down what Stripe says of a payment and moves the credits that this means, in the caller's transaction: bought once, under the payment's own key; taken back as far
/// as the money went back; returned when it came again. Told the same twice it moves nothing.
/// </summary>
public sealed class BookPayment(CreditLedger ledger)
{
    public async Task Run(NpgsqlTransaction within, Guid account, PaymentFacts facts, DateTimeOffset now, CancellationToken cancel)
    {
        var row = await Write(within, account, facts, now, cancel);
        if (row.Status != Payment.Paid) return;
        var ofPlan = facts.Kind == Payment.OfPlan;
        if (!ofPlan) await ledger.Purchase(within, account, row.Credits, facts.Key, row.Id, $"Pack {facts.What}", cancel);
        var (target, changes) = (Target(facts, row), row.Reversals + 1);
        if (target == row.Reversed) return;
        var key = $"{facts.Key}:reversal:{changes}";
        if (target > row.Reversed) await ledger.Reverse(within, account, target - row.Reversed, ofPlan, key, row.Id, facts.Disputed > 0 ? "The payment is disputed" : "The payment was refunded", cancel);
        else await ledger.Return(within, account, row.Reversed - target, ofPlan, key, row.Id, "The payment came back", cancel);
        await using var command = new NpgsqlCommand("update payments set reversed = $2, reversals = $3 where id = $1", within.Connection, within);
        command.Parameters.AddWithValue(row.Id);
        command.Parameters.AddWithValue(target);
        command.Parameters.AddWithValue(changes);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Credits that are to be taken back: of a pack in proportion to the money; of a plan all or nothing, because a part of its price pays for time that was not used.</summary>
    private static long Target(PaymentFacts facts, Row row)
    {
        if (facts.Amount == 0) return 0;
        var gone = Math.Min(facts.Amount, facts.Refunded + facts.Disputed);
        return facts.Kind == Payment.OfPlan ? gone == facts.Amount ? row.Credits : 0 : (long)((Int128)row.Credits * gone / facts.Amount);
    }

    private static async Task<Row> Write(NpgsqlTransaction within, Guid account, PaymentFacts facts, DateTimeOffset now, CancellationToken cancel)
    {
        // One row by any of its names: our own, the payment's, the invoice's. Nobody else writes for this account meanwhile. What was paid stays paid.
        await using var command = new NpgsqlCommand("""
            with known as (select id from payments where account_id = $1 and (id = $2 or payment_intent = $3 or invoice = $4) limit 1),
            changed as (
              update payments p set payment_intent = coalesce($3, p.payment_intent), invoice = coalesce($4, p.invoice), amount = $8, currency = $9,
                status = case when p.status = 'paid' then 'paid' else $10 end, refunded = $11, disputed = $12, failure = case when $10 = 'paid' then null else coalesce($13, p.failure) end,
                receipt_url = coalesce($14, p.receipt_url), invoice_url = coalesce($15, p.invoice_url), invoice_pdf = coalesce($16, p.invoice_pdf),
                paid_at = coalesce(p.paid_at, case when $10 = 'paid' then $18 end)
              from known where p.id = known.id returning p.id, p.credits, p.status, p.reversed, p.reversals),
            added as (
              insert into payments (id, account_id, payment_intent, invoice, subscription, kind, what, credits, amount, currency, status, refunded, disputed, failure, receipt_url, invoice_url, invoice_pdf, created_at, paid_at)
              select $19, $1, $3, $4, $20, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, case when $10 = 'paid' then $18 end where not exists (select 1 from known)
              returning id, credits, status, reversed, reversals)
            select * from changed union all select * from added
            """, within.Connection, within)
        {
            Parameters =
            {
                new() { Value = account }, Nullable(facts.Own, NpgsqlDbType.Uuid), Text(facts.Intent), Text(facts.Invoice), Text(facts.Kind), Text(facts.What), new() { Value = facts.Credits },
                new() { Value = facts.Amount }, Text(facts.Currency), Text(facts.Status), new() { Value = facts.Refunded }, new() { Value = facts.Disputed }, Text(facts.Failure), Text(facts.ReceiptUrl),
                Text(facts.InvoiceUrl), Text(facts.InvoicePdf), new() { Value = facts.CreatedAt }, new() { Value = now }, new() { Value = Guid.CreateVersion7(facts.CreatedAt) }, Text(facts.Subscription),
            },
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) throw new InvalidOperationException($"The payment {facts.Key} was not written.");
        return new(row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetInt32(4));
    }

    private static NpgsqlParameter Text(string? value) => Nullable(value, NpgsqlDbType.Text);

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private sealed record Row(Guid Id, long Credits, string Status, long Reversed, int Reversals);
}
