using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Providers;

namespace Rpd.Server.Generations.Remote;

/// <summary>The rows of submissions. Each change names the state it comes from, so that of rivals the first one counts.</summary>
public sealed class Submissions(NpgsqlDataSource database)
{
    /// <summary>
    /// How many outputs of the generation <c>g</c> vendors bill us for: what they have made, or make and cannot be stopped; those that can stand in the
    /// parameter <paramref name="cancelling"/>. What is made with an account's own key is billed to it.
    /// </summary>
    public static string BegunSql(string cancelling) =>
        $"coalesce((select sum(s.count) from submissions s where s.generation_id = g.id and not s.own_key and (s.state = 'made' or (s.state in ('sending', 'taken') and s.provider <> all({cancelling})))), 0)::int";

    private const string Columns = "id, generation_id, part, try, provider, model, own_key, count, state, upstream_id, outputs::text, fault, detail, retry_at, fetches, created_at";

    /// <summary>All tries of a generation in their order.</summary>
    public async Task<IReadOnlyList<Submission>> Of(Guid generation, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select {Columns} from submissions where generation_id = $1 order by part, try");
        command.Parameters.AddWithValue(generation);
        return await Read(command, cancel);
    }

    /// <summary>Writes down that the vendor is about to be called.</summary>
    /// <param name="atOnce">How many the vendor may work on at once.</param>
    /// <returns>False when the vendor has enough to do, the generation has ended, or the job has lost its lease: nothing may be sent.</returns>
    public async Task<bool> Begin(Submission submission, (long Job, long Fence) fence, int atOnce, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        // Those who begin at one vendor come one after the other, each counting those before it. One's own key has no limit of ours.
        batch.BatchCommands.Add(new("select pg_advisory_xact_lock(hashtextextended('submissions:' || $1, 0)) where not $2")
        {
            Parameters = { new() { Value = submission.Provider }, new() { Value = submission.OwnKey } },
        });
        var insert = new NpgsqlBatchCommand("""
            with live as (select 1 from generations where id = $2 and status = 'processing' for share)
            insert into submissions (id, generation_id, part, try, provider, model, own_key, count, state)
            select $1, $2, $3, $4, $5, $6, $7, $8, 'sending' from live
            where exists (select 1 from jobs where id = $9 and fence = $10 and state = 'running')
              and ($7 or (select count(*) from submissions where provider = $5 and state in ('sending', 'unknown', 'taken') and not own_key) < $11)
            on conflict do nothing
            returning true
            """);
        foreach (var value in new object[] { submission.Id, submission.GenerationId, submission.Part, submission.Try, submission.Provider, submission.Model, submission.OwnKey, submission.Count, fence.Job, fence.Fence, atOnce })
            insert.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(insert);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await reader.NextResultAsync(cancel) && await reader.ReadAsync(cancel);
    }

    /// <summary>The vendor has it. From here on a restart asks instead of submitting twice, and what comes after our deadline is still taken.</summary>
    public async Task Taken(Guid id, string upstreamId, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            with taken as (
              update submissions set state = 'taken', upstream_id = $2, changed_at = now() where id = $1 and state in ('sending', 'unknown') returning generation_id)
            update generations g set upstream_id = coalesce(g.upstream_id, $2) from taken t where g.id = t.generation_id
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(upstreamId);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public Task Unknown(Guid id, string what, CancellationToken cancel) =>
        Change("update submissions set state = 'unknown', detail = $2, changed_at = now() where id = $1 and state = 'sending'", cancel, id, what);

    /// <summary>Its outputs are in our storage.</summary>
    /// <param name="upstreamOutput">What the vendor calls the first of them, by which a later run can go on from it.</param>
    public async Task Made(Guid id, IReadOnlyList<Output> outputs, string? upstreamOutput, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update submissions set state = 'made', outputs = $2, upstream_output = $3, changed_at = now() where id = $1 and state in ('sending', 'taken')");
        command.Parameters.AddWithValue(id);
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(outputs), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = (object?)upstreamOutput ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task Failed(Guid id, ProviderFault fault, string detail, DateTimeOffset? retryAt, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            update submissions set state = 'failed', fault = $2, detail = $3, retry_at = $4, changed_at = now() where id = $1 and state in ('sending', 'unknown', 'taken')
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()));
        command.Parameters.AddWithValue(detail.Replace('\0', ' '));
        command.Parameters.Add(new() { Value = (object?)retryAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancel);
    }

    public Task NotFetched(Guid id, string trouble, CancellationToken cancel) =>
        Change("update submissions set fetches = fetches + 1, detail = $2, changed_at = now() where id = $1", cancel, id, trouble);

    /// <summary>What a vendor called the run that made a generation, and its first output; null when another made it, or an account there that is not the same.</summary>
    /// <param name="keyOf">The account whose own key is asked with; null for the operator's.</param>
    public async Task<(string Run, string? Output)?> Upstream(Guid generation, string provider, Guid? keyOf, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select s.upstream_id, s.upstream_output from submissions s join generations g on g.id = s.generation_id
            where s.generation_id = $1 and s.provider = $2 and s.state = 'made' and s.upstream_id is not null and (case when s.own_key then g.account_id end) is not distinct from $3 order by s.part limit 1
            """);
        command.Parameters.AddWithValue(generation);
        command.Parameters.AddWithValue(provider);
        command.Parameters.Add(new() { Value = (object?)keyOf ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)) : null;
    }

    /// <returns>The generation that a vendor's call is about; null when there is no such submission at that vendor, or it is over.</returns>
    public async Task<(Guid Generation, bool OwnKey)?> Called(Guid id, string provider, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select generation_id, own_key from submissions where id = $1 and provider = $2 and state in ('sending', 'unknown', 'taken')");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(provider);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetGuid(0), reader.GetBoolean(1)) : null;
    }

    private async Task Change(string sql, CancellationToken cancel, Guid id, string detail)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(detail.Replace('\0', ' '));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<List<Submission>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<Submission>();
        while (await reader.ReadAsync(cancel))
            rows.Add(new()
            {
                Id = reader.GetGuid(0),
                GenerationId = reader.GetGuid(1),
                Part = reader.GetInt32(2),
                Try = reader.GetInt32(3),
                Provider = reader.GetString(4),
                Model = reader.GetString(5),
                OwnKey = reader.GetBoolean(6),
                Count = reader.GetInt32(7),
                State = reader.GetString(8),
                UpstreamId = Text(9),
                Outputs = Text(10) is { } outputs ? JsonSerializer.Deserialize<Output[]>(outputs) : null,
                Fault = Text(11) is { } fault ? Enum.Parse<ProviderFault>(fault.Replace("_", "", StringComparison.Ordinal), ignoreCase: true) : null,
                Detail = Text(12),
                RetryAt = reader.IsDBNull(13) ? null : reader.GetFieldValue<DateTimeOffset>(13),
                Fetches = reader.GetInt32(14),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(15),
            });
        return rows;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
