using System.Text;
using Npgsql;
using Rpd.Server.Http;
using Rpd.Server.Live;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>Reads, straight into the shared records. The owner stands in every WHERE.</summary>
public sealed class GenerationQueries(NpgsqlDataSource database, GenerationRows rows, Cursors cursors)
{
    private const string Select = GenerationRows.Columns + " from generations g";

    /// <summary>Rows of one account that one request with filters looks through.</summary>
    internal const int LookedThrough = 1_000;

    // As many as the longest list shows at first; who was away for more than that loads the page anew.
    private const int StartedMost = 48;

    /// <summary>
    /// One's own, or a published one for anybody signed in: then without what it cost, what it came from and what went wrong, and with the publication's addresses, which
    /// end when it is withdrawn.
    /// </summary>
    public async Task<GenerationView?> Find(Guid account, Guid id, CancellationToken cancel, bool test = false)
    {
        if (await Own(account, id, cancel, test) is { } own) return own;
        await using var command = database.CreateCommand(
            GenerationRows.Columns + ", p.id from generations g join publications p on p.generation_id = g.id join accounts a on a.id = g.account_id where g.id = $1 and a.status = 'active' and not p.hidden");
        command.Parameters.AddWithValue(id);
        return (await rows.Read(command, cancel)).FirstOrDefault() is { } published
            ? published with { Receipt = null, OwnKey = false, CreditsCost = 0, CreditsRefunded = 0, ComparisonId = null, BatchId = null, ParentId = null } : null;
    }

    /// <summary>One's own only.</summary>
    /// <param name="test">Runs of test keys and all others do not see each other.</param>
    public async Task<GenerationView?> Own(Guid account, Guid id, CancellationToken cancel, bool test = false)
    {
        await using var command = database.CreateCommand(Select + " where g.id = $1 and g.account_id = $2 and g.test = $3");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(test);
        return (await rows.Read(command, cancel)).FirstOrDefault();
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
            : $"{GenerationRows.Columns} from (select * from generations g{window} order by {span.Order} limit {LookedThrough}) g where true{where} order by {span.Order} limit {most}";
        var found = await rows.Read(command, cancel);
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
        return await rows.Read(command, cancel);
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
        return await Nudges(command, cancel);
    }

    /// <summary>The account's newest that are not older than the oldest that is shown: a list that shows everything new takes in what it lacks.</summary>
    public async Task<IReadOnlyList<Nudge>> Started(Guid account, Guid? oldestShown, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select id, status, progress, version from generations where account_id = $1 and not test and id >= $2 order by id desc limit $3");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(oldestShown ?? Guid.Empty);
        command.Parameters.AddWithValue(StartedMost);
        return await Nudges(command, cancel);
    }

    /// <summary>Where those of the account's items that wait stand now.</summary>
    public async Task<IReadOnlyList<QueuePlace>> Places(Guid account, Guid[] ids, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(GenerationRows.PlaceColumns + " from generations g where g.id = any($1) and g.account_id = $2 and not g.test and g.status = 'queued'");
        command.Parameters.AddWithValue(ids);
        command.Parameters.AddWithValue(account);
        return await rows.Places(command, cancel);
    }

    private static async Task<List<Nudge>> Nudges(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var nudges = new List<Nudge>();
        while (await reader.ReadAsync(cancel)) nudges.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3)));
        return nudges;
    }

    internal static string Like(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
