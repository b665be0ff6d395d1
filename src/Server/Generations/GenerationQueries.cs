using System.Text;
using System.Text.Json;
using Npgsql;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>Reads, straight into the shared records. The owner stands in every WHERE.</summary>
public sealed class GenerationQueries(NpgsqlDataSource database, SignedUrls urls, Cursors cursors, JobOptions jobs, TimeProvider time)
{
    private const string Columns = """
        select g.id, g.status, g.progress, g.type, g.provider, g.model, g.prompt, g.negative_prompt, g.title, g.params, g.count, g.ignored_params,
          g.error_code, g.error_message, g.credits_cost, g.credits_refunded, g.visibility, g.comparison_id, g.batch_id, g.parent_id,
          g.created_at, g.started_at, g.completed_at, g.deadline_at, g.version,
          (select e.balance_after from credit_entries e where e.key = 'gen:' || g.id || case when g.completed_at is null then ':reserve' else ':settle' end),
          (select json_agg(o order by o.ordinal) from outputs o where o.generation_id = g.id),
          case when g.status = 'queued' then 1
            + (select count(*) from (select 1 from generations w where w.status = 'queued' and not w.held and w.id < g.id limit 1000) ahead)
            + case when g.held then (select count(*) from (select 1 from generations w where w.held and w.account_id = g.account_id and w.test = g.test and w.id < g.id limit 1000) own) else 0 end end,
          case when g.status = 'queued' then (select sum(s.p50_ms) from (
            (select w.model from generations w where w.status = 'queued' and not w.held and w.id < g.id limit 1000)
            union all (select w.model from generations w where g.held and w.held and w.account_id = g.account_id and w.test = g.test and w.id < g.id limit 1000)) ahead
            join model_speeds s on s.model = ahead.model) end,
          case when g.status in ('queued', 'processing') then (select s.p50_ms from model_speeds s where s.model = g.model) end
        """;

    // The column after those: only readers who are not the owner have it.
    private const int Publication = 30;

    private const string Select = Columns + " from generations g";

    /// <summary>
    /// One's own, or a published one for anybody signed in: then without what it cost and what went wrong, and with the publication's addresses, which
    /// end when it is withdrawn.
    /// </summary>
    public async Task<GenerationView?> Find(Guid account, Guid id, CancellationToken cancel, bool test = false)
    {
        if (await Own(account, id, cancel, test) is { } own) return own;
        await using var command = database.CreateCommand(
            Columns + ", p.id from generations g join publications p on p.generation_id = g.id join accounts a on a.id = g.account_id where g.id = $1 and a.status = 'active'");
        command.Parameters.AddWithValue(id);
        return (await Read(command, cancel)).FirstOrDefault() is { } published
            ? published with { Receipt = null, CreditsCost = 0, CreditsRefunded = 0, ComparisonId = null, BatchId = null } : null;
    }

    /// <summary>One's own only.</summary>
    /// <param name="test">Runs of test keys and all others do not see each other.</param>
    public async Task<GenerationView?> Own(Guid account, Guid id, CancellationToken cancel, bool test = false)
    {
        await using var command = database.CreateCommand(Select + " where g.id = $1 and g.account_id = $2 and g.test = $3");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(test);
        return (await Read(command, cancel)).FirstOrDefault();
    }

    public async Task<Page<GenerationView>> List(Guid account, GenerationFilter filter, Guid? before, int limit, CancellationToken cancel, bool test = false)
    {
        var where = new StringBuilder(" where g.account_id = $1 and g.test = $2");
        await using var command = database.CreateCommand();
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(test);
        Add("g.status =", filter.Status);
        Add("g.type =", filter.Type);
        Add("g.provider =", filter.Provider);
        Add("g.model =", filter.Model);
        Add("g.comparison_id =", filter.ComparisonId);
        Add("g.batch_id =", filter.BatchId);
        Add("g.visibility =", filter.Visibility);
        if (!string.IsNullOrWhiteSpace(filter.Q)) Add("coalesce(g.title, '') || ' ' || coalesce(g.prompt, '') ilike", $"%{Like(filter.Q.Trim())}%");
        Add("g.id <", before);
        command.CommandText = $"{Select}{where} order by g.id desc limit {(limit + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        var found = await Read(command, cancel);
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write("generations", found[limit - 1].Id.ToString()) : null);

        void Add(string condition, object? value)
        {
            if (value is null) return;
            command.Parameters.AddWithValue(value);
            where.Append(" and ").Append(condition).Append(" $").Append(command.Parameters.Count);
        }
    }

    /// <summary>Those of <paramref name="ids"/> that somebody may start from: one's own, and published ones.</summary>
    /// <param name="within">Whoever holds a connection does not ask for a second one.</param>
    public async Task<IReadOnlySet<Guid>> Reachable(Guid account, bool test, Guid[] ids, NpgsqlTransaction? within, CancellationToken cancel)
    {
        const string sql = """
            select g.id from generations g where g.id = any($2) and ((g.account_id = $1 and g.test = $3)
              or exists (select 1 from publications p join accounts a on a.id = p.account_id where p.generation_id = g.id and a.status = 'active'))
            """;
        await using var command = within is null ? database.CreateCommand(sql) : new NpgsqlCommand(sql, within.Connection, within);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(ids);
        command.Parameters.AddWithValue(test);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var reachable = new HashSet<Guid>();
        while (await reader.ReadAsync(cancel)) reachable.Add(reader.GetGuid(0));
        return reachable;
    }

    /// <param name="test">Null: whichever it is.</param>
    public async Task<string?> Status(Guid account, Guid id, CancellationToken cancel, bool? test = null)
    {
        await using var command = database.CreateCommand("select status from generations where id = $1 and account_id = $2 and test = coalesce($3, test)");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        command.Parameters.Add(new() { Value = (object?)test ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean });
        return (string?)await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>Those of the account's items whose version is above the one that is shown.</summary>
    public async Task<IReadOnlyList<Nudge>> Newer(Guid account, SyncItem[] items, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select g.id, g.status, g.progress, g.version from unnest($1::uuid[], $2::int[]) as shown(id, version)
            join generations g on g.id = shown.id and g.account_id = $3 and not g.test and g.version > shown.version
            """);
        command.Parameters.AddWithValue(items.Select(item => item.Id).ToArray());
        command.Parameters.AddWithValue(items.Select(item => item.Version).ToArray());
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var nudges = new List<Nudge>();
        while (await reader.ReadAsync(cancel)) nudges.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3)));
        return nudges;
    }

    internal static string Like(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private async Task<List<GenerationView>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<GenerationView>();
        while (await reader.ReadAsync(cancel)) found.Add(Row(reader));
        return found;
    }

    /// <summary>What those ahead usually take, shared among the workers, and its own time; null when nothing was measured yet or nobody works.</summary>
    private int? Eta(NpgsqlDataReader row, string status)
    {
        if (row.IsDBNull(29) || jobs.SlowWorkers == 0) return null;
        double usual = row.GetInt32(29);
        var left = status == GenerationStatus.Queued ? ((row.IsDBNull(28) ? 0 : row.GetInt64(28)) / (double)jobs.SlowWorkers) + usual
            : usual - (time.GetUtcNow() - row.GetFieldValue<DateTimeOffset>(21)).TotalMilliseconds;
        return Math.Max(1, (int)Math.Ceiling(left / 1000));
    }

    private GenerationView Row(NpgsqlDataReader row)
    {
        var status = row.GetString(1);
        var ended = GenerationStatus.Ended(status);
        long cost = row.GetInt64(14), refunded = row.GetInt64(15);
        var outputs = row.IsDBNull(26) ? [] : row.FieldCount > Publication ? OutputViews.Published(row.GetFieldValue<JsonElement>(26), row.GetGuid(Publication))
            : OutputViews.Signed(row.GetFieldValue<JsonElement>(26), urls);
        return new(row.GetGuid(0), status, row.GetInt32(2), row.IsDBNull(27) ? null : (int)row.GetInt64(27), Eta(row, status), row.GetString(3), row.GetString(4),
            row.GetString(5), Text(6), Text(7), Text(8), row.GetFieldValue<JsonElement>(9).EnumerateObject().ToDictionary(param => param.Name, param => param.Value),
            row.GetInt32(10), [.. outputs.Select(output => output.Url)], row.GetFieldValue<string[]>(11), outputs,
            row.IsDBNull(12) ? null : new(row.GetString(12), row.GetString(13)), cost, refunded, row.GetString(16), Id(17), Id(18), Id(19),
            row.GetFieldValue<DateTimeOffset>(20), Time(21), Time(22), ended ? null : row.GetFieldValue<DateTimeOffset>(23),
            row.IsDBNull(25) ? null : new(cost, ended ? cost - refunded : 0, refunded, row.GetInt64(25)), row.GetInt32(24));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        Guid? Id(int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }
}
