using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Generations;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared.Admin;

namespace Rpd.Server.Admin;

/// <summary>The first page's numbers: one batch of statements, each bounded by an index and a limit, so that it may be asked every few seconds.</summary>
public sealed class OverviewQueries(NpgsqlDataSource database, QueueQueries queue, ModelCatalog catalog, VendorList vendors, VendorHttp http, TimeProvider time)
{
    private const int SamplesMax = 20_000;

    private static readonly string Sql = $"""
        select (select count(*) from (select distinct generation_id from reports where status = 'open' limit {OverviewView.CountMax}) w)
            + (select count(*) from (select 1 from moderation_decisions where appealed_at is not null and appeal_closed_at is null and undone_at is null limit {OverviewView.CountMax}) p),
          (select count(*) from (select 1 from webhook_endpoints where status = 'disabled' or status_reason is not null or failing_since is not null limit {OverviewView.CountMax}) w),
          coalesce((select jsonb_array_length(value::jsonb -> 'faults') from installation where name = '{ProveLedger.Fact}'), 0)::bigint,
          (select count(*) from (select 1 from access_requests where status = 'open' limit {OverviewView.CountMax}) a);
        select h.hour, coalesce(sum(u.requests), 0)::bigint, coalesce(sum(u.failed), 0)::bigint, coalesce(sum(u.credits), 0)::bigint
          from generate_series(date_trunc('hour', $1::timestamptz, 'UTC') - interval '23 hours', $1, interval '1 hour') h(hour) left join (
            select hour, requests, failed, credits from house_usage where part = 'all' and hour >= $1 - interval '24 hours'
            union all select hour, requests, failed, credits from usage_hours where hour > (select greatest(max(hour), $1 - interval '24 hours') from house_usage_hours)) u on u.hour = h.hour group by 1 order by 1;
        select percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from g.completed_at - g.created_at)), count(*) from (
          select created_at, completed_at, status from generations where id >= $2 and not test order by id desc limit {SamplesMax}) g where g.status = 'completed';
        with day as (select s.currency, sum(s.kept) as kept, sum(s.credits) as credits from payments p cross join lateral payment_sums(p) s where p.status = 'paid' and p.paid_at > $1 - interval '1 day' group by 1),
          month as (select currency, sum(kept) as kept, sum(credits) as credits from payment_days where day > ($1 at time zone 'UTC')::date - 30 group by 1)
          select currency, coalesce(day.kept, 0)::bigint, month.kept::bigint, coalesce(day.credits, 0)::bigint, month.credits::bigint from month left join day using (currency) order by 3 desc, 1
        """;

    public async Task<OverviewView> Read(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var batch = database.CreateBatch();
        foreach (var sql in Sql.Split(';'))
        {
            var command = new NpgsqlBatchCommand(sql);
            if (sql.Contains("$1", StringComparison.Ordinal) || sql.Contains("$2", StringComparison.Ordinal)) command.Parameters.Add(new() { Value = now });
            if (sql.Contains("$2", StringComparison.Ordinal)) command.Parameters.Add(new() { Value = GenerationSpan.FirstId(now.AddDays(-1))!.Value });
            batch.BatchCommands.Add(command);
        }
        await using var row = await batch.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var (reports, webhooks, faults, access) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        await row.NextResultAsync(cancel);
        var hours = new List<TrafficHour>();
        while (await row.ReadAsync(cancel)) hours.Add(new(row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));
        await row.NextResultAsync(cancel);
        await row.ReadAsync(cancel);
        var spread = row.IsDBNull(0) ? null : row.GetFieldValue<double[]>(0);
        var latency = new LatencyView(spread?[0], spread?[1], row.GetInt64(1));
        await row.NextResultAsync(cancel);
        var (revenue, day, month) = (new List<RevenueView>(), 0L, 0L);
        while (await row.ReadAsync(cancel))
        {
            revenue.Add(new(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
            (day, month) = (day + row.GetInt64(3), month + row.GetInt64(4));
        }
        await row.CloseAsync();
        var (dead, stuck) = await queue.Trouble(cancel);
        return new(new(reports, webhooks, dead, stuck, faults, access), await queue.Lanes(cancel), hours, latency, hours.Sum(hour => hour.Credits), day, month, revenue, Health());
    }

    private List<ProviderHealth> Health() =>
        [.. vendors.All.Select(vendor => new ProviderHealth(vendor.Name, catalog.Items.Any(item => item.Data.Provider == vendor.Name && catalog.Unavailable(item.Data) is null), http.Down(vendor.Name)))
            .Where(vendor => vendor.Configured || vendor.Down).OrderBy(vendor => vendor.Provider, StringComparer.Ordinal)];
}
