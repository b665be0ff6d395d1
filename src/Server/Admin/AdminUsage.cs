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

    // Weeks of UTC that lie in the range as a whole, the days around them, and the hours around those. Of the present week and day what was summed is among their sums.
    private const string Accounts = """
        with summed as (select coalesce(max(hour), '-infinity'::timestamptz) as hour from house_usage_hours),
        whole as (select (($1 + interval '1 day' - interval '1 microsecond') at time zone 'UTC')::date as first,
          case when $2 > s.hour then 'infinity'::date else ($2 at time zone 'UTC')::date end as past, s.hour from summed s),
        weeks as (select date_trunc('week', (w.first + 6)::timestamp)::date as first, case when w.past = 'infinity' then w.past else date_trunc('week', w.past::timestamp)::date end as past from whole w),
        edges as (select w.first, w.past, k.first as week, k.past as weeks_past, case when k.first < k.past then k.first else w.past end as days, case when k.first < k.past then k.past else w.past end as more_days,
          case when w.first < w.past then least(w.first::timestamp at time zone 'UTC', $2) else $2 end as head,
          case when w.first < w.past then greatest(w.first::timestamp at time zone 'UTC', least(w.past::timestamp at time zone 'UTC', w.hour + interval '1 hour')) else $2 end as tail from whole w, weeks k),
        spent as (
          select a.account_id, a.requests, a.credits, a.failed from edges e join house_usage_account_weeks a on a.week >= e.week and a.week < e.weeks_past
          union all select a.account_id, a.requests, a.credits, a.failed from edges e join house_usage_accounts a on a.day >= e.first and a.day < e.days
          union all select a.account_id, a.requests, a.credits, a.failed from edges e join house_usage_accounts a on a.day >= e.more_days and a.day < e.past
          union all select u.account_id, u.requests, u.credits, u.failed from edges e join usage_hours u on u.hour >= $1 and u.hour < e.head
          union all select u.account_id, u.requests, u.credits, u.failed from edges e join usage_hours u on u.hour >= e.tail and u.hour < $2)
        select t.account_id, a.handle, t.requests, t.credits, t.failed from (
          select account_id, sum(requests)::bigint as requests, sum(credits)::bigint as credits, sum(failed)::bigint as failed from spent group by 1 order by 3 desc, 1 limit $3) t
        join accounts a on a.id = t.account_id order by t.credits desc, t.account_id
        """;

    // What is summed, and the hours behind it.
    private static string Hours(string groupBy, string from, string to)
    {
        if (groupBy == UsageGroupings.Key) return $"(select api_key_id::text as name, requests, credits, failed, input_tokens, output_tokens from usage_hours where hour >= {from} and hour < {to}) h";
        var (part, name) = groupBy switch { UsageGroupings.Model => ("model", "model"), UsageGroupings.Face => ("face", "face"), _ => ("all", "''") };
        return $"""
            (select name, requests, credits, failed, input_tokens, output_tokens from house_usage where part = '{part}' and hour >= {from} and hour < {to}
            union all select {name}, requests, credits, failed, input_tokens, output_tokens from usage_hours where hour >= {from} and hour < {to}
              and hour > (select coalesce(max(hour), '-infinity') from house_usage_hours)) h
            """;
    }

    public async Task<Outcome<AdminUsageView>> Read(UsageRange range, string groupBy, CancellationToken cancel)
    {
        // Side by side: either reads tens of thousands of rows.
        var (asked, users) = (Buckets(range, groupBy, cancel), Users(range, cancel));
        await Task.WhenAll(asked, users);
        var buckets = await asked;
        if (buckets.Count > BucketsMax) return Refusal.Invalid("from", "This is too much for one answer. Ask for fewer days.");
        return new AdminUsageView(range.From, range.To, range.Zone.Id, groupBy, buckets, UsageQueries.Sum(buckets), await users);
    }

    // Day by day: to find the day of each of tens of thousands of rows costs as much as to read them.
    private async Task<IReadOnlyList<UsageBucket>> Buckets(UsageRange range, string groupBy, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            select d.day, u.* from unnest($3::timestamptz[], $4::timestamptz[]) d(day, past) cross join lateral (
              select nullif(name, '') as name, sum(requests)::bigint, sum(credits)::bigint, sum(failed)::bigint, sum(input_tokens)::bigint, sum(output_tokens)::bigint
              from {Hours(groupBy, "greatest(d.day, $1)", "least(d.past, $2)")} group by 1) u order by 1, 2 limit {BucketsMax + 1}
            """);
        var days = range.Days();
        foreach (var value in new object[] { range.From, range.To, days.SkipLast(1).ToArray(), days.Skip(1).ToArray() }) command.Parameters.AddWithValue(value);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var buckets = new List<UsageBucket>();
        while (await row.ReadAsync(cancel))
            buckets.Add(new(row.GetFieldValue<DateTimeOffset>(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)));
        return buckets;
    }

    private async Task<IReadOnlyList<UserUsage>> Users(UsageRange range, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Accounts);
        foreach (var value in new object[] { range.From, range.To, UsersMax }) command.Parameters.AddWithValue(value);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var users = new List<UserUsage>();
        while (await row.ReadAsync(cancel)) users.Add(new(row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));
        return users;
    }

    public async Task<UsageTotals> Totals(UsageRange range, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            select coalesce(sum(requests), 0)::bigint, coalesce(sum(credits), 0)::bigint, coalesce(sum(failed), 0)::bigint, coalesce(sum(input_tokens), 0)::bigint, coalesce(sum(output_tokens), 0)::bigint from {Hours(UsageGroupings.Day, "$1", "$2")}
            """);
        command.Parameters.AddWithValue(range.From);
        command.Parameters.AddWithValue(range.To);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
    }
}
