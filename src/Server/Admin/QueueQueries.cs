using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Http;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Server.Admin;

/// <summary>How full the queue is, and what in it needs somebody. A backlog is counted up to a limit: beyond it a number says no more.</summary>
public sealed class QueueQueries(NpgsqlDataSource database, VendorList vendors, Cursors cursors)
{
    public const string ListName = "dead-jobs";

    private const int StuckShown = 50;

    private const string Columns = "select id, kind, lane, state, attempts, attempts_max, run_at, created_at, last_error, args ->> 'id' from jobs";

    /// <summary>Due for longer than this, or running beyond its lease: it will not move by itself as it should.</summary>
    internal const string Stuck = "((state = 'ready' and run_at < now() - interval '5 minutes') or (state = 'running' and lease_until < now() - interval '10 seconds'))";

    private string[] Names => [Jobs.Lanes.Quick, Jobs.Lanes.Slow, .. vendors.All.Select(vendor => vendor.Name).Order(StringComparer.Ordinal)];

    /// <summary>The lanes of everybody, and those of vendors that have something to do.</summary>
    public async Task<IReadOnlyList<LaneView>> Lanes(CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            select l.lane, r.ready, w.running, extract(epoch from now() - o.oldest)::bigint from unnest($1) with ordinality l(lane, place)
              cross join lateral (select count(*) as ready from (select 1 from jobs where state = 'ready' and lane = l.lane limit {OverviewView.CountMax}) r) r
              cross join lateral (select count(*) as running from (select 1 from jobs where state = 'running' and lane = l.lane limit {OverviewView.CountMax}) w) w
              cross join lateral (select min(run_at) as oldest from jobs where state = 'ready' and lane = l.lane and run_at <= now()) o
            where r.ready > 0 or w.running > 0 or l.place <= 2 order by l.place
            """);
        command.Parameters.AddWithValue(Names);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var lanes = new List<LaneView>();
        while (await row.ReadAsync(cancel)) lanes.Add(new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3)));
        return lanes;
    }

    public async Task<(long Dead, long Stuck)> Trouble(CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            select (select count(*) from (select 1 from jobs where state = 'dead' limit {OverviewView.CountMax}) d),
              (select count(*) from (select 1 from jobs where state in ('ready', 'running') and {Stuck} limit {OverviewView.CountMax}) s)
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>The longest waiting first.</summary>
    public Task<List<JobView>> StuckJobs(CancellationToken cancel) =>
        Read(database.CreateCommand($"{Columns} where state in ('ready', 'running') and {Stuck} order by run_at, id limit {StuckShown}"), cancel);

    /// <summary>The newest first.</summary>
    /// <param name="before">Where the page before this one ended.</param>
    public async Task<Page<JobView>> Dead(string? kind, long? before, int limit, CancellationToken cancel)
    {
        var command = database.CreateCommand($"{Columns} where state = 'dead' and ($1::text is null or kind = $1) and ($2::bigint is null or id < $2) order by id desc limit $3");
        command.Parameters.Add(new() { Value = (object?)kind ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.AddWithValue(limit + 1);
        var found = await Read(command, cancel);
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write(ListName, found[limit - 1].Id.ToString(CultureInfo.InvariantCulture)) : null);
    }

    public async Task<IReadOnlyList<DeadKind>> DeadKinds(CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select kind, count(*) from (select kind from jobs where state = 'dead' limit {OverviewView.CountMax}) d group by 1 order by 2 desc, 1");
        await using var row = await command.ExecuteReaderAsync(cancel);
        var kinds = new List<DeadKind>();
        while (await row.ReadAsync(cancel)) kinds.Add(new(row.GetString(0), row.GetInt64(1)));
        return kinds;
    }

    private static async Task<List<JobView>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var once = command;
        await using var row = await command.ExecuteReaderAsync(cancel);
        var jobs = new List<JobView>();
        while (await row.ReadAsync(cancel))
        {
            jobs.Add(new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7),
                row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9)));
        }
        return jobs;
    }
}
