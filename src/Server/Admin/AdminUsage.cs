using Npgsql;
using Rpd.Server.Usage;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Usage;

namespace Rpd.Server.Admin;

/// <summary>Usage over all accounts, from the hourly totals: as many rows as accounts, keys and models had an hour with something in it.</summary>
public sealed class AdminUsage(NpgsqlDataSource database)
{
    private const int BucketsMax = 20_000, UsersMax = 100;

    public async Task<Outcome<AdminUsageView>> Read(UsageRange range, string groupBy, CancellationToken cancel)
    {
        var group = groupBy switch { UsageGroupings.Model => "model", UsageGroupings.Key => "api_key_id::text", UsageGroupings.Face => "face", _ => "null::text" };
        try
        {
            await using var batch = database.CreateBatch();
            Add(batch, $"""
                select date_trunc('day', hour, $3), {group}, sum(requests)::bigint, sum(credits)::bigint, sum(failed)::bigint, sum(input_tokens)::bigint, sum(output_tokens)::bigint
                from usage_hours where hour >= $1 and hour < $2 group by 1, 2 order by 1, 2 limit {BucketsMax + 1}
                """, range.From, range.To, range.Zone.Id);
            Add(batch, $"""
                select u.account_id, a.handle, u.requests, u.credits, u.failed from (
                  select account_id, sum(requests)::bigint as requests, sum(credits)::bigint as credits, sum(failed)::bigint as failed from usage_hours where hour >= $1 and hour < $2
                  group by 1 order by 3 desc, 1 limit {UsersMax}) u join accounts a on a.id = u.account_id order by u.credits desc, u.account_id
                """, range.From, range.To);
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

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
