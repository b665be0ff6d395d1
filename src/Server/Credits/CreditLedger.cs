using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Rpd.Server.Credits;

public enum Bucket { Promo, Allowance, Purchased }

/// <summary>
/// The only writer of credits. Everything runs inside the caller's transaction and is named by a business key, so that booking the same fact twice
/// moves nothing the second time. The arithmetic itself stands beside the schema that guards it (<c>Migrations/0003_credits.sql</c>).
/// Reservations are made by <see cref="Generations.StartGeneration"/>'s single statement and ended through <see cref="Settle"/>.
/// </summary>
public sealed class CreditLedger(TimeProvider time)
{
    /// <summary>Credits from the house. Null when <paramref name="key"/> has been booked before.</summary>
    public Task<long?> Grant(AppDb db, Guid account, long credits, Bucket bucket, string key, string note, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(credits);
        return Post(db, account, "grant", key, credits, bucket, note, cancel);
    }

    /// <summary>A correction by an administrator; may be negative, never below zero. Null when <paramref name="key"/> has been booked before.</summary>
    /// <exception cref="PostgresException">Check violation: the bucket holds less.</exception>
    public Task<long?> Adjust(AppDb db, Guid account, long credits, Bucket bucket, string key, string note, CancellationToken cancel) =>
        Post(db, account, "adjust", key, credits, bucket, note, cancel);

    /// <summary>What is left when an account is deleted: what was bought is the house's, what was given was never anything else. Once.</summary>
    public async Task Forfeit(NpgsqlConnection connection, Guid account, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select credit_post(b.account_id, $2, 'lapse', 'account:' || b.account_id || ':forfeit', -b.promo, -b.allowance, -b.purchased, 0, 0, b.purchased, b.promo + b.allowance, 0,
              null, null, 'The account was deleted')
            from credit_balances b where b.account_id = $1 and b.promo + b.allowance + b.purchased > 0
            """, connection)
        {
            Parameters = { new() { Value = account }, new() { Value = time.GetUtcNow() } },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Bought credits; what is owed is repaid first. Null when <paramref name="key"/> has been booked before.</summary>
    /// <param name="payment">What they were paid with.</param>
    public Task<long?> Purchase(NpgsqlTransaction within, Guid account, long credits, string key, Guid payment, string note, CancellationToken cancel) =>
        Call(within, "credit_purchase", account, key, cancel, credits, payment.ToString(), note);

    /// <summary>A payment that went back takes what is left of what it brought; the rest is owed.</summary>
    /// <param name="ofPlan">Whether it brought an allowance, or else bought credits.</param>
    public Task<long?> Reverse(NpgsqlTransaction within, Guid account, long credits, bool ofPlan, string key, Guid payment, string note, CancellationToken cancel) =>
        Call(within, "credit_reverse", account, key, cancel, credits, ofPlan, payment.ToString(), note);

    /// <summary>The way back of <see cref="Reverse"/>.</summary>
    public Task<long?> Return(NpgsqlTransaction within, Guid account, long credits, bool ofPlan, string key, Guid payment, string note, CancellationToken cancel) =>
        Call(within, "credit_return", account, key, cancel, credits, ofPlan, payment.ToString(), note);

    /// <summary>A month's allowance, or what a better plan adds to it. It lapses at <paramref name="until"/>. Null when it has come already: then what is left of it lasts until then.</summary>
    public Task<long?> Allow(NpgsqlTransaction within, Guid account, long credits, string key, DateTimeOffset since, DateTimeOffset until, string note, CancellationToken cancel) =>
        Call(within, "credit_allowance", account, key, cancel, credits, since, until, note);

    /// <summary>Ends allowances whose month is over.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Lapse(NpgsqlDataSource database, int most, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select count(credit_lapse(due.account_id, $1)) from (select account_id from credit_balances where allowance > 0 and allowance_until <= $1 order by allowance_until limit $2) due
            """);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(most);
        return (int)(long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task<long?> Call(NpgsqlTransaction within, string function, Guid account, string key, CancellationToken cancel, params object[] more)
    {
        await using var command = new NpgsqlCommand($"select {function}($1, $2, $3{string.Concat(more.Select((_, at) => $", ${at + 4}"))})", within.Connection, within);
        foreach (var value in more.Prepend(key).Prepend(time.GetUtcNow()).Prepend(account)) command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync(cancel) is long after ? after : null;
    }

    private async Task<long?> Post(AppDb db, Guid account, string kind, string key, long credits, Bucket bucket, string note, CancellationToken cancel)
    {
        long promo = bucket == Bucket.Promo ? credits : 0, allowance = bucket == Bucket.Allowance ? credits : 0,
            purchased = bucket == Bucket.Purchased ? credits : 0, none = 0;
        var after = await db.Database.SqlQuery<long?>($"""
            select credit_post({account}, {time.GetUtcNow()}, {kind}, {key}, {promo}, {allowance}, {purchased}, {none}, {none}, {none}, {-credits}, {none},
              null, null, {note}) as "Value"
            """).ToListAsync(cancel);
        return after[0];
    }

    /// <summary>
    /// Ends the reservation of a generation: <paramref name="captured"/> becomes revenue, the rest goes back to the buckets it came from.
    /// </summary>
    /// <returns>The spendable balance afterwards; null when it had been ended before.</returns>
    public async Task<long?> Settle(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid account, Guid generation, long captured, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select credit_settle($1, $2, $3, $4, $5, 'generation', $6)", connection, transaction)
        {
            Parameters =
            {
                new() { Value = account }, new() { Value = time.GetUtcNow() }, new() { Value = ReserveKey(generation) },
                new() { Value = SettleKey(generation) }, new() { Value = captured }, new() { Value = generation.ToString() },
            },
        };
        return await command.ExecuteScalarAsync(cancel) is long balance ? balance : null;
    }

    /// <summary>Gives back a part of what an ended generation has cost, to the buckets that paid for it. Once.</summary>
    /// <returns>The spendable balance afterwards; null when that had been done before.</returns>
    public async Task<long?> Refund(NpgsqlTransaction within, Guid account, Guid generation, long credits, string note, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select credit_refund($1, $2, $3, $4, $5, $6, 'generation', $7, $8)", within.Connection, within)
        {
            Parameters =
            {
                new() { Value = account }, new() { Value = time.GetUtcNow() }, new() { Value = ReserveKey(generation) }, new() { Value = SettleKey(generation) },
                new() { Value = RefundKey(generation) }, new() { Value = credits }, new() { Value = generation.ToString() }, new() { Value = note },
            },
        };
        return await command.ExecuteScalarAsync(cancel) is long balance ? balance : null;
    }

    public static string RefundKey(Guid generation) => $"gen:{generation}:refund";

    public static string ReserveKey(Guid generation) => $"gen:{generation}:reserve";

    public static string SettleKey(Guid generation) => $"gen:{generation}:settle";
}
