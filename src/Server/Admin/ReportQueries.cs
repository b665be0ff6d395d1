using System.Globalization;
using Npgsql;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Server.Admin;

/// <summary>What waits for moderators: works by their first open report, appeals by their age, and what was decided lately.</summary>
public sealed class ReportQueries(NpgsqlDataSource database, GenerationRows rows, Cursors cursors)
{
    public const string ListName = "admin-reports";

    private const int DecisionsShown = 25;

    private const string Strikes = "(select count(*)::int from moderation_decisions s where s.account_id = d.account_id and s.strike and s.undone_at is null)";

    private static readonly string Decisions = $"""
        select d.id, d.generation_id, d.account_id, a.handle, d.decision, d.reason, d.strike, {Strikes}, d.decided_at, d.appeal, d.appealed_at, d.appeal_closed_at is not null
        from moderation_decisions d join accounts a on a.id = d.account_id
        """;

    /// <summary>The longest waiting first; each work once, at its first open report.</summary>
    /// <param name="after">Where the page before this one ended.</param>
    public async Task<Page<ReportedWorkView>> Waiting(string? after, int limit, CancellationToken cancel)
    {
        var from = after?.Split(' ') is [var at, var id] ? (new DateTimeOffset(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.Parse(id)) : (DateTimeOffset.UnixEpoch, Guid.Empty);
        var firsts = await Firsts(from, limit + 1, cancel);
        var works = await Works([.. firsts.Take(limit).Select(first => first.Work)], cancel);
        return new([.. firsts.Take(limit).Select(first => works.GetValueOrDefault(first.Work)).OfType<ReportedWorkView>()],
            firsts.Count > limit ? cursors.Write(ListName, string.Create(CultureInfo.InvariantCulture, $"{firsts[limit - 1].At.UtcTicks} {firsts[limit - 1].Id}")) : null);
    }

    public Task<List<DecisionView>> Appeals(CancellationToken cancel) =>
        Read($"{Decisions} where d.appealed_at is not null and d.appeal_closed_at is null and d.undone_at is null order by d.appealed_at, d.id limit {DecisionsShown}", cancel);

    /// <summary>The newest first.</summary>
    public Task<List<DecisionView>> Latest(CancellationToken cancel) => Read($"{Decisions} where d.undone_at is null order by d.id desc limit {DecisionsShown}", cancel);

    private async Task<List<(Guid Work, DateTimeOffset At, Guid Id)>> Firsts((DateTimeOffset At, Guid Id) after, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select r.generation_id, r.created_at, r.id from reports r where r.status = 'open' and (r.created_at, r.id) > ($1, $2)
              and not exists (select 1 from reports e where e.generation_id = r.generation_id and e.status = 'open' and (e.created_at, e.id) < (r.created_at, r.id))
            order by r.created_at, r.id limit $3
            """);
        command.Parameters.AddWithValue(after.At);
        command.Parameters.AddWithValue(after.Id);
        command.Parameters.AddWithValue(limit);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid, DateTimeOffset, Guid)>();
        while (await row.ReadAsync(cancel)) found.Add((row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), row.GetGuid(2)));
        return found;
    }

    private async Task<Dictionary<Guid, ReportedWorkView>> Works(Guid[] ids, CancellationToken cancel)
    {
        await using var made = database.CreateCommand(GenerationRows.Columns + " from generations g where g.id = any($1)");
        made.Parameters.AddWithValue(ids);
        var runs = (await rows.Read(made, cancel)).ToDictionary(run => run.Id);
        await using var command = database.CreateCommand($"""
            select d.id, d.account_id, a.handle, {Strikes}, array(select r.reason from reports r where r.generation_id = d.id and r.status = 'open'),
              array(select r.details from reports r where r.generation_id = d.id and r.status = 'open' and r.details is not null order by r.id desc limit 5),
              (select min(r.created_at) from reports r where r.generation_id = d.id and r.status = 'open')
            from generations d join accounts a on a.id = d.account_id where d.id = any($1)
            """);
        command.Parameters.AddWithValue(ids);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var works = new Dictionary<Guid, ReportedWorkView>();
        while (await row.ReadAsync(cancel))
        {
            // Purged, or decided about, in this moment.
            if (!runs.TryGetValue(row.GetGuid(0), out var run) || row.IsDBNull(6)) continue;
            var reasons = row.GetFieldValue<string[]>(4);
            works[run.Id] = new(run.Id, row.GetGuid(1), row.GetString(2), row.GetInt32(3), run.Title, run.Prompt, run.Visibility, run.Mature, reasons.Length,
                [.. reasons.GroupBy(reason => reason).Select(same => new ReasonCount(same.Key, same.Count())).OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Reason, StringComparer.Ordinal)],
                row.GetFieldValue<string[]>(5), row.GetFieldValue<DateTimeOffset>(6), run.Outputs);
        }
        return works;
    }

    private async Task<List<DecisionView>> Read(string sql, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var decisions = new List<DecisionView>();
        while (await row.ReadAsync(cancel))
        {
            decisions.Add(new(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetBoolean(6), row.GetInt32(7), row.GetFieldValue<DateTimeOffset>(8),
                row.IsDBNull(9) ? null : row.GetString(9), row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10), row.GetBoolean(11)));
        }
        return decisions;
    }
}
