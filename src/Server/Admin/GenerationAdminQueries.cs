using System.Globalization;
using System.Text;
using Npgsql;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Generations;

namespace Rpd.Server.Admin;

/// <summary>
/// Everybody's generations. What one index follows (the account, else the error, else the status, with time and id) is a window of a bounded number of rows, in which
/// the rest is looked for. When they hold fewer than a page, the page is short and leads on to the rows behind them: no list waits for a million rows.
/// </summary>
public sealed class GenerationAdminQueries(NpgsqlDataSource database, GenerationRows rows, Cursors cursors)
{
    public const string ListName = "admin-generations";

    private const int LookedThrough = 10_000;

    private const string Columns = "select g.id, g.account_id, a.handle, g.type, g.provider, g.model, g.status, g.error_code, g.credits_cost, g.credits_refunded, g.created_at, g.completed_at";

    /// <summary>The newest first.</summary>
    /// <param name="before">Where the page before this one ended.</param>
    public async Task<Page<AdminGenerationSummary>> List(AdminGenerationFilter filter, Guid? before, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand();
        var window = Window(command, filter, before);
        var where = new StringBuilder();
        Narrow(command, where, "g.status =", filter.Status);
        Narrow(command, where, "g.error_code =", filter.ErrorCode);
        Narrow(command, where, "g.provider =", filter.Provider);
        Narrow(command, where, "g.model =", filter.Model);
        Narrow(command, where, "g.type =", filter.Type);
        Narrow(command, where, "g.test =", filter.Test);
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"{Columns} from (select * from generations g{window} order by g.id desc limit {LookedThrough}) g join accounts a on a.id = g.account_id where true{where} order by g.id desc limit {limit + 1}");
        var found = new List<AdminGenerationSummary>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel)) found.Add(Summary(row));
        }
        var last = found.Count > limit ? found[limit - 1].Id : await LastLookedAt(filter, before, cancel);
        return new([.. found.Take(limit)], last is { } position ? cursors.Write(ListName, position.ToString()) : null);
    }

    public async Task<AdminGenerationView?> Find(Guid id, CancellationToken cancel)
    {
        await using var one = database.CreateCommand(GenerationRows.Columns + " from generations g where g.id = $1");
        one.Parameters.AddWithValue(id);
        if ((await rows.Read(one, cancel)).FirstOrDefault() is not { } generation) return null;
        await using var more = database.CreateCommand($"""
            {Columns}, g.face, g.api_key_id, g.test, coalesce((select e.revenue from credit_entries e where e.key = 'gen:' || g.id || ':settle'), 0),
              (select -e.revenue from credit_entries e where e.key = 'gen:' || g.id || ':refund')
            from generations g join accounts a on a.id = g.account_id where g.id = $1
            """);
        more.Parameters.AddWithValue(id);
        await using var row = await more.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var (settled, refunded) = (row.GetInt64(15), row.IsDBNull(16) ? (long?)null : row.GetInt64(16));
        var (summary, face, key, test) = (Summary(row), row.GetString(12), row.IsDBNull(13) ? (Guid?)null : row.GetGuid(13), row.GetBoolean(14));
        await row.CloseAsync();
        return new(summary, generation, face, key, test, await Job(id, cancel), await Submissions(id, cancel), settled - (refunded ?? 0), refunded is not null);
    }

    private async Task<JobView?> Job(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select id, kind, lane, state, attempts, attempts_max, run_at, created_at, last_error from jobs where kind = 'generation.submit' and args ->> 'id' = $1 order by id desc limit 1");
        command.Parameters.AddWithValue(id.ToString());
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), row.GetFieldValue<DateTimeOffset>(6),
            row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetString(8), id.ToString()) : null;
    }

    private async Task<List<SubmissionView>> Submissions(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select part, try, provider, model, state, upstream_id, fault, detail, created_at from submissions where generation_id = $1 order by part, try");
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var tries = new List<SubmissionView>();
        while (await row.ReadAsync(cancel))
            tries.Add(new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), Text(5), Text(6), Text(7), row.GetFieldValue<DateTimeOffset>(8)));
        return tries;

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    /// <returns>Null when the window reached the last row.</returns>
    private async Task<Guid?> LastLookedAt(AdminGenerationFilter filter, Guid? before, CancellationToken cancel)
    {
        await using var command = database.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"select g.id from generations g{Window(command, filter, before)} order by g.id desc offset {LookedThrough - 1} limit 1");
        return (Guid?)await command.ExecuteScalarAsync(cancel);
    }

    private static StringBuilder Window(NpgsqlCommand command, AdminGenerationFilter filter, Guid? before)
    {
        var window = new StringBuilder(" where true");
        // One index, whose rows are all in the window: a second condition there could look for its ten thousand for ever.
        if (filter.Account is not null)
        {
            Narrow(command, window, "g.account_id =", filter.Account);
            Narrow(command, window, "g.test =", filter.Test);
        }
        else if (filter.ErrorCode is not null) Narrow(command, window, "g.error_code =", filter.ErrorCode);
        else if (filter.Status is not null and not GenerationStatus.Completed) Narrow(command, window, "g.status =", filter.Status);
        Narrow(command, window, "g.id <", before);
        Narrow(command, window, "g.id >=", GenerationSpan.FirstId(filter.From));
        Narrow(command, window, "g.id <", GenerationSpan.FirstId(filter.To));
        if (IdRange.Of(filter.Id) is not { } range) return window;
        Narrow(command, window, "g.id >=", range.First);
        Narrow(command, window, "g.id <=", range.Last);
        return window;
    }

    private static void Narrow(NpgsqlCommand command, StringBuilder to, string condition, object? value)
    {
        if (value is null) return;
        command.Parameters.AddWithValue(value);
        to.Append(" and ").Append(condition).Append(" $").Append(command.Parameters.Count);
    }

    private static AdminGenerationSummary Summary(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7), row.GetInt64(8), row.GetInt64(9), row.GetFieldValue<DateTimeOffset>(10), row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11));
}
