using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Credits;
using Rpd.Server.Events;
using Rpd.Server.Generations.Remote;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Storage;
using Rpd.Server.Telemetry;
using Rpd.Shared.Events;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>How a generation ends.</summary>
/// <param name="Refund">Credits that go back, of the cost, the count of outputs and how many of them vendors have begun that cannot stop; the rest of the reservation becomes revenue.</param>
public sealed record Ending(string Status, Func<long, int, int, long> Refund, string? ErrorCode = null, string? ErrorMessage = null, IReadOnlyList<Output>? Outputs = null)
{
    public static Ending Failed(string code, string message) => new(GenerationStatus.Failed, (cost, _, _) => cost, code, message);

    /// <param name="returns">Nothing happens when less than this would come back: it had not been said so.</param>
    public static Ending Cancelled(long returns = 0) => new(GenerationStatus.Cancelled, Returns) { RefundMin = returns };

    /// <summary>What cancelling gives back: all but the share that vendors bill.</summary>
    public static long Returns(long cost, int count, int begun) => cost - (cost * begun / count);

    public long RefundMin { get; private init; }

    /// <summary>Outputs that are missing are given back at their share of the price, rounded in the customer's favour.</summary>
    public static Ending Completed(IReadOnlyList<Output> outputs) =>
        new(GenerationStatus.Completed, (cost, count, _) => cost - (cost * outputs.Count / count), Outputs: outputs);
}

/// <summary>What ended, for those who tell others.</summary>
/// <param name="Waiting">Others of the account wait for the slot that is free now.</param>
public sealed record EndedGeneration(Guid Id, Guid AccountId, string Status, int Version, string Visibility, bool Test, bool Waiting);

/// <summary>
/// The only way a generation ends: state, outputs, ledger, cap, usage, event and slot in one transaction. Nobody can read <c>failed</c> without its refund.
/// The row's from-state decides between rivals (worker, canceller, watcher): the first commit wins and the others change nothing. Locks come in the order
/// generation → balance → slot; after the commit the slot goes to whoever waits for it (<see cref="AdmitHeld"/>).
/// </summary>
public sealed class EndGeneration(
    NpgsqlDataSource database, CreditLedger ledger, CreditOptions credits, VendorList vendors, AdmitHeld admit, EndingEvent told, JobBell bell, TimeProvider time, ILogger<EndGeneration> log)
{
    private static readonly string LockSql = $"""
        select g.account_id, g.api_key_id, g.face, g.type, g.model, g.count, g.credits_cost, g.visibility, g.cap_period, g.cap_start, g.held, g.test,
          g.provider, g.webhook_url, {Submissions.BegunSql("$7")}, g.created_at
        from generations g where g.id = $1 and g.status in ('queued', 'processing') and ($2::uuid is null or (g.account_id = $2 and g.test = $6))
          and ($3::bigint is null or exists (select 1 from jobs j where j.id = $3 and j.fence = $4 and j.state = 'running'))
          and ($5::timestamptz is null or g.deadline_at < $5)
        for update of g
        """;

    // Somebody else is ending it right now: the watcher, who has others to end, comes by again in a second.
    private static readonly string LockOrLeaveSql = LockSql + " skip locked";

    /// <param name="owner">Only when it belongs to this account and was started with a key of that kind.</param>
    /// <param name="fence">Only while this job still holds its lease.</param>
    /// <param name="overdueAt">Only when its deadline lies before this.</param>
    /// <param name="wait">False leaves alone what another transaction holds.</param>
    /// <returns>Null when it had ended before, or the condition did not hold: nothing was changed.</returns>
    public async Task<EndedGeneration?> Run(
        Guid id, Ending ending, (Guid Account, bool Test)? owner = null, (long Job, long Fence)? fence = null, DateTimeOffset? overdueAt = null, bool wait = true, CancellationToken cancel = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await Lock(connection, wait ? LockSql : LockOrLeaveSql, id, owner, fence, overdueAt, cancel) is not { } row) return null;
        var now = time.GetUtcNow();
        var refund = ending.Refund(row.Cost, row.Count, credits.RefundUncancellable ? 0 : row.Begun);
        if (refund < ending.RefundMin) return null;
        if (row is { Cost: > 0, Test: false }) await ledger.Settle(connection, transaction, row.Account, id, row.Cost - refund, cancel);
        var (version, waiting, listened) = await WriteAll(connection, id, row, ending, refund, now, cancel);
        await transaction.CommitAsync(cancel);
        await connection.CloseAsync();
        if (!row.Test) Measured.GenerationEnded(row.Provider, row.Type, ending.Status, now - row.CreatedAt, row.Cost - refund);
        if (listened) bell.Ring(Lanes.Webhooks);
        if (waiting) await Admit(row);
        return new(id, row.Account, ending.Status, version, row.Visibility, row.Test, waiting);
    }

    // The ending stands, whatever becomes of this: what waits is looked after every second.
    private async Task Admit(Row row)
    {
        try
        {
            // Whoever asked for the ending may be gone by now; others must still be told of it.
            await admit.Run(row.Account, row.Test, CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            log.LogWarning(fault, "Account {Account}: the next generation was not admitted at once", row.Account);
        }
    }

    private async Task<Row?> Lock(NpgsqlConnection connection, string sql, Guid id, (Guid Account, bool Test)? owner, (long Job, long Fence)? fence, DateTimeOffset? overdueAt, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = id },
                Null(owner?.Account, NpgsqlDbType.Uuid), Null(fence?.Job, NpgsqlDbType.Bigint), Null(fence?.Fence, NpgsqlDbType.Bigint), Null(overdueAt, NpgsqlDbType.TimestampTz),
                Null(owner?.Test, NpgsqlDbType.Boolean), new() { Value = vendors.Cancelling },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        return new(reader.GetGuid(0), Optional<Guid?>(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetInt32(5), reader.GetInt64(6),
            reader.GetString(7), Optional<string?>(8), Optional<DateTimeOffset?>(9), reader.GetBoolean(10), reader.GetBoolean(11), reader.GetString(12), Optional<string?>(13), reader.GetInt32(14), reader.GetFieldValue<DateTimeOffset>(15));

        T? Optional<T>(int column) => reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);
    }

    private async Task<(int Version, bool Waiting, bool Listened)> WriteAll(NpgsqlConnection connection, Guid id, Row row, Ending ending, long refund, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        var failed = ending.Status == GenerationStatus.Failed;
        Add("""
            update generations set status = $2, progress = case when $2 = 'completed' then 100 else progress end, error_code = $3, error_message = $4,
              credits_refunded = $5, completed_at = $6, held = false, version = version + 1 where id = $1 returning version
            """, id, ending.Status, Null(ending.ErrorCode, NpgsqlDbType.Text), Null(ending.ErrorMessage, NpgsqlDbType.Text), refund, now);
        StoreOutputs.Add(batch, id, ending.Outputs ?? []);
        if (ending.Status == GenerationStatus.Completed && row.Visibility != Visibility.Private)
            Add(PublishGeneration.InsertSql, Guid.CreateVersion7(now), id, row.Account, row.Type, row.Model, row.Visibility == Visibility.Public, now);
        if (row.CapPeriod is not null && refund > 0)
            Add("update api_key_spend set spent = spent - $4 where api_key_id = $1 and period = $2 and period_start = $3", row.ApiKey!, row.CapPeriod, row.CapStart!, refund);
        if (row.Test && refund > 0)
            Add("""
                update test_balances b set spent = b.spent - $2 from generations g
                where g.id = $1 and b.account_id = g.account_id and b.day = (g.created_at at time zone 'UTC')::date
                """, id, refund);
        if (!row.Test)
            Add("""
            insert into usage_hours (hour, account_id, api_key_id, model, face, requests, failed, credits) values (date_trunc('hour', $1::timestamptz, 'UTC'), $2, $3, $4, $5, 1, $6, $7)
            on conflict (account_id, hour, api_key_id, model, face) do update set
              requests = usage_hours.requests + 1, failed = usage_hours.failed + excluded.failed, credits = usage_hours.credits + excluded.credits
            """, now, row.Account, row.ApiKey ?? Guid.Empty, row.Model, row.Face, failed ? 1L : 0L, row.Cost - refund);
        Add("update generation_slots set active = active - $3, held = held - $4 where account_id = $1 and test = $2 returning held > 0 and $3 > 0",
            row.Account, row.Test, row.Held ? 0 : 1, row.Held ? 1 : 0);
        var name = "generation." + ending.Status;
        if (EventNames.All.Contains(name)) Add(RecordEvent.Sql, RecordEvent.Values(row.Account, name, id, Told(id, row, ending, refund, now), now, row.WebhookUrl));
        else Add("insert into events (account_id, name, subject_id, data, at) values ($1, $2, $3, $4, $5)", row.Account, name, id,
            Null(RecordEvent.Json(Told(id, row, ending, refund, now)), NpgsqlDbType.Json), now);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var version = reader.GetInt32(0);
        await reader.NextResultAsync(cancel);
        var waiting = await reader.ReadAsync(cancel) && reader.GetBoolean(0);
        return (version, waiting, await reader.NextResultAsync(cancel) && await reader.ReadAsync(cancel) && reader.GetBoolean(0));

        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(command);
        }
    }

    private object Told(Guid id, Row row, Ending ending, long refund, DateTimeOffset now) => told.Data(id, ending.Status, row.Type, row.Provider, row.Model,
        ending.Outputs ?? [], row.Cost, refund, ending.ErrorCode is { } code ? (code, ending.ErrorMessage) : null, now, row.Test);

    private static NpgsqlParameter Null(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private sealed record Row(
        Guid Account, Guid? ApiKey, string Face, string Type, string Model, int Count, long Cost, string Visibility, string? CapPeriod, DateTimeOffset? CapStart, bool Held,
        bool Test, string Provider, string? WebhookUrl, int Begun, DateTimeOffset CreatedAt);
}
