using Npgsql;
using Rpd.Server.Events;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Shared.Events;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>
/// What a vendor delivers after our deadline: the generation has failed and its credits are back, so the outputs are free. The only way from <c>failed</c>
/// to <c>completed</c>; the ledger is not touched, and its slot was given back with the failure.
/// </summary>
public sealed class DeliverLate(NpgsqlDataSource database, GenerationOptions options, EndingEvent told, JobBell bell, LiveFeed live, TimeProvider time)
{
    public const string ErrorCode = "timed_out";

    /// <summary>Whether somebody still waits for what comes late.</summary>
    public async Task<bool> Awaited(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select exists (select 1 from generations where id = $1 and status = 'failed' and error_code = $2 and upstream_id is not null and completed_at > $3)");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(ErrorCode);
        command.Parameters.AddWithValue(time.GetUtcNow().AddSeconds(-options.LateSeconds));
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <returns>False when it was delivered or purged in the meantime: nothing was changed.</returns>
    public async Task<bool> Run(Guid id, IReadOnlyList<Output> outputs, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var update = new NpgsqlCommand("""
            update generations set status = 'completed', progress = 100, error_code = null, error_message = null, completed_at = $3, version = version + 1
            where id = $1 and status = 'failed' and error_code = $2 and upstream_id is not null
            returning account_id, type, model, visibility, version, test, credits_cost, provider, webhook_url
            """, connection)
        { Parameters = { new() { Value = id }, new() { Value = ErrorCode }, new() { Value = now } } };
        (Guid Account, string Type, string Model, string Visibility, int Version, bool Test, long Cost, string Provider, string? WebhookUrl) row;
        await using (var reader = await update.ExecuteReaderAsync(cancel))
        {
            if (!await reader.ReadAsync(cancel)) return false;
            row = (reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetBoolean(5), reader.GetInt64(6),
                reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8));
        }
        await using var batch = new NpgsqlBatch(connection);
        StoreOutputs.Add(batch, id, outputs);
        var record = new NpgsqlBatchCommand(RecordEvent.Sql);
        record.Parameters.AddRange(RecordEvent.Values(row.Account, EventNames.GenerationCompleted, id,
            told.Data(id, GenerationStatus.Completed, row.Type, row.Provider, row.Model, outputs, row.Cost, row.Cost, error: null, now, row.Test), now, row.WebhookUrl));
        batch.BatchCommands.Add(record);
        var listened = (bool)(await batch.ExecuteScalarAsync(cancel))!;
        if (row.Visibility != Visibility.Private) await PublishGeneration.Apply(connection, id, row.Account, row.Type, row.Model, row.Visibility, now, cancel);
        await transaction.CommitAsync(cancel);
        if (listened) bell.Ring(Lanes.Webhooks);
        if (!row.Test) live.Tell(row.Account, new Nudge(id, GenerationStatus.Completed, 100, row.Version));
        if (row.Visibility == Visibility.Public) live.GalleryChanged();
        return true;
    }
}
