using System.Text.Json;
using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Storage;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>One row of a generation as its readers see it: which columns it takes, of a table <c>g</c>, and what they mean.</summary>
public sealed class GenerationRows(SignedUrls urls, JobOptions jobs, TimeProvider time)
{
    // Where a run stands in the queue, what those ahead of it usually take and what it takes itself.
    private const string Wait = """
        case when g.status = 'queued' then 1
            + (select count(*) from (select 1 from generations w where w.status = 'queued' and not w.held and w.id < g.id limit 1000) ahead)
            + case when g.held then (select count(*) from (select 1 from generations w where w.held and w.account_id = g.account_id and w.test = g.test and w.id < g.id limit 1000) own) else 0 end end,
          case when g.status = 'queued' then (select sum(s.p50_ms) from (
            (select w.model from generations w where w.status = 'queued' and not w.held and w.id < g.id limit 1000)
            union all (select w.model from generations w where g.held and w.held and w.account_id = g.account_id and w.test = g.test and w.id < g.id limit 1000)) ahead
            join model_speeds s on s.model = ahead.model) end,
          case when g.status in ('queued', 'processing') then (select s.p50_ms from model_speeds s where s.model = g.model) end
        """;

    public const string Columns = $"""
        select g.id, g.status, g.progress, g.type, g.provider, g.model, g.prompt, g.negative_prompt, g.title, g.params, g.count, g.ignored_params,
          g.error_code, g.error_message, g.credits_cost, g.credits_refunded, g.visibility, g.comparison_id, g.batch_id, g.parent_id,
          g.created_at, g.started_at, g.completed_at, g.deadline_at, g.version,
          (select e.balance_after from credit_entries e where e.key = 'gen:' || g.id || case when g.completed_at is null then ':reserve' else ':settle' end),
          (select json_agg(o order by o.ordinal) from outputs o where o.generation_id = g.id),
          {Wait}, g.mature, g.own_key
        """;

    /// <summary>For <see cref="Places"/>, which is asked often and needs nothing else.</summary>
    public const string PlaceColumns = $"select g.id, {Wait}";

    // The column after those: only readers who are not the owner have it.
    private const int Publication = 32;

    public async Task<List<GenerationView>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<GenerationView>();
        while (await reader.ReadAsync(cancel)) found.Add(Row(reader));
        return found;
    }

    /// <summary>Where runs that wait stand.</summary>
    public async Task<List<QueuePlace>> Places(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<QueuePlace>();
        while (await reader.ReadAsync(cancel)) found.Add(new(reader.GetGuid(0), (int)reader.GetInt64(1), Eta(reader, 2, startedAt: null)));
        return found;
    }

    /// <summary>What those ahead usually take, shared among the workers, and its own time; null when nothing was measured yet or nobody works.</summary>
    /// <param name="ahead">The column of what those ahead take; its own time is the next.</param>
    /// <param name="startedAt">Null while it waits.</param>
    private int? Eta(NpgsqlDataReader row, int ahead, DateTimeOffset? startedAt)
    {
        if (row.IsDBNull(ahead + 1) || jobs.SlowWorkers == 0) return null;
        double usual = row.GetInt32(ahead + 1);
        var left = startedAt is { } started ? usual - (time.GetUtcNow() - started).TotalMilliseconds
            : ((row.IsDBNull(ahead) ? 0 : row.GetInt64(ahead)) / (double)jobs.SlowWorkers) + usual;
        return Math.Max(1, (int)Math.Ceiling(left / 1000));
    }

    private GenerationView Row(NpgsqlDataReader row)
    {
        var status = row.GetString(1);
        var ended = GenerationStatus.Ended(status);
        long cost = row.GetInt64(14), refunded = row.GetInt64(15);
        var outputs = row.IsDBNull(26) ? [] : row.FieldCount > Publication ? OutputViews.Published(row.GetFieldValue<JsonElement>(26), row.GetGuid(Publication))
            : OutputViews.Signed(row.GetFieldValue<JsonElement>(26), urls);
        return new(row.GetGuid(0), status, row.GetInt32(2), row.IsDBNull(27) ? null : (int)row.GetInt64(27), Eta(row, 28, status == GenerationStatus.Queued ? null : Time(21)), row.GetString(3), row.GetString(4),
            row.GetString(5), Text(6), Text(7), Text(8), row.GetFieldValue<JsonElement>(9).EnumerateObject().ToDictionary(param => param.Name, param => param.Value),
            row.GetInt32(10), [.. outputs.Select(output => output.Url)], row.GetFieldValue<string[]>(11), outputs,
            row.IsDBNull(12) ? null : new(row.GetString(12), row.GetString(13)), cost, refunded, row.GetString(16), Id(17), Id(18), Id(19),
            row.GetFieldValue<DateTimeOffset>(20), Time(21), Time(22), ended ? null : row.GetFieldValue<DateTimeOffset>(23),
            new(cost, ended ? cost - refunded : 0, refunded, row.IsDBNull(25) ? null : row.GetInt64(25)), row.GetInt32(24))
        { Mature = row.GetBoolean(30), OwnKey = row.GetBoolean(31) };

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        Guid? Id(int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }
}
