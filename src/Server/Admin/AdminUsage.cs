using Npgsql;
using Rpd.Server.Usage;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Usage;

namespace Rpd.Server.Admin;

/// <summary>
/// Usage over all accounts: of hours that are over from their sums (<see cref="SumHouse"/>), of the latest ones from what was booked. Divided by keys, of which there are as many as accounts and more, it is always
/// read from what was booked.
/// </summary>
public sealed class AdminUsage(NpgsqlDataSource database)
{
    private const int BucketsMax = 20_000, UsersMax = 100;

    private const string Hours = """
        (select hour, model, face, null::uuid as api_key_id, requests, credits, failed, input_tokens, output_tokens from house_usage where hour >= $1 and hour < $2
        union all select hour, model, face, null, requests, credits, failed, input_tokens, output_tokens from usage_hours where hour >= $1 and hour < $2
          and hour > (select coalesce(max(hour), '-infinity') from house_usage_hours)) h
        """;

    // Days of UTC that lie in the range as a whole, and the hours around them that do not. Of the present day what was summed is among its sums.
    private const string Accounts = """
        with summed as (select coalesce(max(hour), '-infinity'::timestamptz) as hour from house_usage_hours),
        whole as (select (($1 + interval '1 day' - interval '1 microsecond') at time zone 'UTC')::date as first,
          case when $2 > s.hour then 'infinity'::date else ($2 at time zone 'UTC')::date end as past, s.hour from summed s),
        spent as (
          select a.account_id, a.requests, a.credits, a.failed from house_usage_accounts a, whole w where a.day >= w.first and a.day < w.past
          union all
          select u.account_id, u.requests, u.credits, u.failed from usage_hours u, whole w where u.hour >= $1 and u.hour < $2 and (
            u.hour > w.hour or w.first > w.past or u.hour < w.first::timestamp at time zone 'UTC' or u.hour >= w.past::timestamp at time zone 'UTC'))
        select t.account_id, a.handle, t.requests, t.credits, t.failed from (
          select account_id, sum(requests)::bigint as requests, sum(credits)::bigint as credits, sum(failed)::bigint as failed from spent group by 1 order by 3 desc, 1 limit $3) t
        join accounts a on a.id = t.account_id order by t.credits desc, t.account_id
        """;

    public async Task<Outcome<AdminUsageView>> Read(UsageRange range, string groupBy, CancellationToken cancel)
    {
        var group = groupBy switch { UsageGroupings.Model => "model", UsageGroupings.Key => "api_key_id::text", UsageGroupings.Face => "face", _ => "null::text" };
        try
        {
            await using var batch = database.CreateBatch();
            Add(batch, $"""
                select date_trunc('day', hour, $3), {group}, sum(requests)::bigint, sum(credits)::bigint, sum(failed)::bigint, sum(input_tokens)::bigint, sum(output_tokens)::bigint
                from {(groupBy == UsageGroupings.Key ? "usage_hours" : Hours)} where hour >= $1 and hour < $2 group by 1, 2 order by 1, 2 limit {BucketsMax + 1}
                """, range.From, range.To, range.Zone.Id);
            Add(batch, Accounts, range.From, range.To, UsersMax);
            await using var row = await batch.ExecuteReaderAsync(cancel);
            var buckets = new List<UsageBucket>();
            while (await row.ReadAsync(cancel))
                buckets.Add(new(row.GetFieldValue<DateTimeOffset>(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)));
            if (buckets.Count > BucketsMax) return Refusal.Invalid("from", "This is too much for one answer. Ask for fewer days.");
            await row.NextResultAsync(cancel);
            var users = new List<UserUsage>();
            while (await row.ReadAsync(cancel)) users.Add(new(row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));
            return new AdminUsageView(range.From, range.To, range.Zone.Id, groupBy, buckets, UsageQueries.Sum(buckets), users);
        }
        catch (PostgresException unknown) when (unknown.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            return Refusal.Invalid("tz", "The database does not know this time zone.");
        }
    }

    public async Task<UsageTotals> Totals(UsageRange range, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            select coalesce(sum(requests), 0)::bigint, coalesce(sum(credits), 0)::bigint, coalesce(sum(failed), 0)::bigint, coalesce(sum(input_tokens), 0)::bigint, coalesce(sum(output_tokens), 0)::bigint from {Hours}
            """);
        command.Parameters.AddWithValue(range.From);
        command.Parameters.AddWithValue(range.To);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
