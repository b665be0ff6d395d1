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
          case when g.status in ('queued', 'processing') then (select s.p50_ms from model_speeds s where s.model = g.model) end, g.mature
        """;

    // The column after those: only readers who are not the owner have it.
    private const int Publication = 31;

    private const string Select = Columns + " from generations g";

    /// <summary>Rows of one account that one request with filters looks through.</summary>
    internal const int LookedThrough = 1_000;

    /// <summary>
    /// One's own, or a published one for anybody signed in: then without what it cost, what it came from and what went wrong, and with the publication's addresses, which
    /// end when it is withdrawn.
    /// </summary>
    public async Task<GenerationView?> Find(Guid account, Guid id, CancellationToken cancel, bool test = false)
    {
        if (await Own(account, id, cancel, test) is { } own) return own;
        await using var command = database.CreateCommand(
            Columns + ", p.id from generations g join publications p on p.generation_id = g.id join accounts a on a.id = g.account_id where g.id = $1 and a.status = 'active'");
        command.Parameters.AddWithValue(id);
        return (await Read(command, cancel)).FirstOrDefault() is { } published
            ? published with { Receipt = null, CreditsCost = 0, CreditsRefunded = 0, ComparisonId = null, BatchId = null, ParentId = null } : null;
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

    /// <summary>
    /// The newest first, unless <paramref name="span"/> turns it round. One request looks through a bounded number of the account's rows, whatever is asked
    /// for: when these hold fewer than a page, the page is short and its cursor leads on to the rows behind them.
    /// </summary>
    /// <param name="before">Where the page before this one ended.</param>
    public async Task<Page<GenerationView>> List(Guid account, GenerationFilter filter, Guid? before, int limit, CancellationToken cancel, bool test = false, GenerationSpan? span = null)
    {
        span ??= GenerationSpan.All;
        await using var command = database.CreateCommand();
        var window = Window(command, account, filter, before, test, span);
        var where = new StringBuilder();
        Add(where, "g.status =", filter.Status);
        Add(where, "g.type =", filter.Type);
        Add(where, "g.provider =", filter.Provider);
        Add(where, "g.model =", filter.Model);
        Add(where, "g.visibility =", filter.Visibility);
        if (!string.IsNullOrWhiteSpace(filter.Q)) Add(where, "coalesce(g.title, '') || ' ' || coalesce(g.prompt, '') ilike", $"%{Like(filter.Q.Trim())}%");
        var most = (limit + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        command.CommandText = where.Length == 0 ? $"{Select}{window} order by {span.Order} limit {most}"
            : $"{Columns} from (select * from generations g{window} order by {span.Order} limit {LookedThrough}) g where true{where} order by {span.Order} limit {most}";
        var found = await Read(command, cancel);
        var last = found.Count > limit ? found[limit - 1].Id : where.Length == 0 ? null : await LastLookedAt(account, test, filter, before, span, cancel);
        return new([.. found.Take(limit)], last is { } position ? cursors.Write(span.CursorKind, position.ToString()) : null);

        void Add(StringBuilder to, string condition, object? value) => Narrow(command, to, condition, value);
    }

    /// <returns>Null when the window reached the account's last row.</returns>
    private async Task<Guid?> LastLookedAt(Guid account, bool test, GenerationFilter filter, Guid? before, GenerationSpan span, CancellationToken cancel)
    {
        await using var command = database.CreateCommand();
        command.CommandText = $"select g.id from generations g{Window(command, account, filter, before, test, span)} order by {span.Order} offset {LookedThrough - 1} limit 1";
        return (Guid?)await command.ExecuteScalarAsync(cancel);
    }

    // What the index can follow: the account, the days and the place in the list.
    private static StringBuilder Window(NpgsqlCommand command, Guid account, GenerationFilter filter, Guid? before, bool test, GenerationSpan span)
    {
        var window = new StringBuilder(" where g.account_id = $1 and g.test = $2");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(test);
        Narrow(command, window, span.OldestFirst ? "g.id >" : "g.id <", before);
        Narrow(command, window, "g.id >=", GenerationSpan.FirstId(span.From));
        Narrow(command, window, "g.id <", GenerationSpan.FirstId(span.Until));
        Narrow(command, window, "g.comparison_id =", filter.ComparisonId);
        Narrow(command, window, "g.batch_id =", filter.BatchId);
        return window;
    }

    private static void Narrow(NpgsqlCommand command, StringBuilder to, string condition, object? value)
    {
        if (value is null) return;
        command.Parameters.AddWithValue(value);
        to.Append(" and ").Append(condition).Append(" $").Append(command.Parameters.Count);
    }

    /// <summary>Those of them that are one's own, newest first.</summary>
    public async Task<IReadOnlyList<GenerationView>> Several(Guid account, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Select + " where g.id = any($1) and g.account_id = $2 and not g.test order by g.id desc");
        command.Parameters.AddWithValue(ids.ToArray());
        command.Parameters.AddWithValue(account);
        return await Read(command, cancel);
    }

    /// <summary>Which models the account has used lately, for a choice of them.</summary>
    public async Task<IReadOnlyList<string>> Models(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"select distinct model from (select model from generations where account_id = $1 and not test order by id desc limit {LookedThrough}) latest order by model");
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var models = new List<string>();
        while (await reader.ReadAsync(cancel)) models.Add(reader.GetString(0));
        return models;
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
            new(cost, ended ? cost - refunded : 0, refunded, row.IsDBNull(25) ? null : row.GetInt64(25)), row.GetInt32(24))
        { Mature = row.GetBoolean(30) };

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        Guid? Id(int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }
}
