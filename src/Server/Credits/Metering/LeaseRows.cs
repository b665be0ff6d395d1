using Npgsql;
using NpgsqlTypes;

namespace Rpd.Server.Credits.Metering;

/// <summary>
/// Leases in the database; their arithmetic stands in <c>Migrations/0022_leases.sql</c>. Those of test keys have no row: they draw on the test balance,
/// which is nobody's money and is refilled every day.
/// </summary>
internal sealed class LeaseRows(NpgsqlDataSource database, CreditOptions options, TimeProvider time)
{
    public async Task<(string Outcome, long Balance, long Drawn)> Draw(Lease lease, Payer payer, long credits, long more, CancellationToken cancel)
    {
        await using var command = lease.Key.Test ? Test(lease, credits) : Real(lease.Id, lease.Key, payer, credits, more);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetString(0), row.GetInt64(1), row.GetInt64(2));
    }

    /// <summary>All of them, or none.</summary>
    /// <returns>For each, whether its row is still there.</returns>
    public async Task<IReadOnlyList<bool>> Settle(IReadOnlyList<(Lease Lease, Booking Booking)> bookings, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        foreach (var (lease, booking) in bookings) batch.BatchCommands.Add(Settle(lease, booking));
        var there = new List<bool>(bookings.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        do
        {
            await reader.ReadAsync(cancel);
            there.Add(reader.GetBoolean(0));
        }
        while (await reader.NextResultAsync(cancel));
        return there;
    }

    public async Task Return(Lease lease, long free, CancellationToken cancel)
    {
        await using var command = lease.Key.Test
            ? database.CreateCommand("update test_balances set spent = spent - $2 where account_id = $1 and day = $3")
            : database.CreateCommand("select lease_return($2, $1, $3)");
        command.Parameters.Add(new() { Value = lease.Key.AccountId });
        command.Parameters.Add(new() { Value = lease.Key.Test ? free : lease.Id });
        command.Parameters.Add(new() { Value = lease.Key.Test ? DateOnly.FromDateTime(lease.Key.CapStart!.Value.UtcDateTime) : time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private TimeSpan Lasts => TimeSpan.FromSeconds(options.LeaseSeconds);

    private NpgsqlCommand Real(Guid lease, LeaseKey key, Payer payer, long credits, long more)
    {
        var command = database.CreateCommand("select outcome, balance, drawn from lease_draw($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
        foreach (var value in new object[] { lease, key.AccountId, time.GetUtcNow(), credits, more, key.PromoPays }) command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(Null(key.CappedKeyId, NpgsqlDbType.Uuid));
        command.Parameters.Add(Null(payer.Cap, NpgsqlDbType.Bigint));
        command.Parameters.Add(Null(payer.CapPeriod, NpgsqlDbType.Text));
        command.Parameters.Add(Null(key.CapStart, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(new() { Value = Lasts });
        return command;
    }

    private NpgsqlCommand Test(Lease lease, long credits)
    {
        var command = database.CreateCommand("select outcome, balance, $3 from test_reserve($1, $2, $3, $4)");
        foreach (var value in new object[] { lease.Key.AccountId, time.GetUtcNow(), credits, options.TestDaily }) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private NpgsqlBatchCommand Settle(Lease lease, Booking booking)
    {
        var command = new NpgsqlBatchCommand("select lease_settle($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");
        foreach (var value in new object[]
        {
            lease.Id, lease.Key.AccountId, time.GetUtcNow(), booking.Number, booking.Credits, Lasts, All(one => one.Of.ApiKeyId), All(one => one.Of.Model), All(one => one.Of.Face),
            All(one => one.Sum.Requests), All(one => one.Sum.Failed), All(one => one.Sum.Credits), All(one => one.Sum.InputTokens), All(one => one.Sum.OutputTokens),
        })
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;

        T[] All<T>(Func<(UsageKey Of, UsageSum Sum), T> part) => [.. booking.Usage.Select(part)];
    }

    private static NpgsqlParameter Null(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
