using Npgsql;
using Rpd.Shared;
using Rpd.Shared.Usage;

namespace Rpd.Server.Usage;

/// <summary>Reads the hourly totals that the settling transactions have written: a year is a few thousand rows, however many calls it had.</summary>
public sealed class UsageQueries(NpgsqlDataSource database)
{
    private const int BucketsMax = 20_000;

    public async Task<string> Zone(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select time_zone from accounts where id = $1");
        command.Parameters.AddWithValue(account);
        return (string?)await command.ExecuteScalarAsync(cancel) ?? throw new InvalidOperationException($"There is no account {account}.");
    }

    /// <param name="groupBy">One of <see cref="UsageGroupings"/>.</param>
    public async Task<Outcome<UsageView>> Read(Guid account, UsageRange range, string groupBy, CancellationToken cancel)
    {
        var group = groupBy switch
        {
            UsageGroupings.Model => "model",
            UsageGroupings.Key => "case when api_key_id = '00000000-0000-0000-0000-000000000000' then 'none' else api_key_id::text end",
            UsageGroupings.Face => "face",
            _ => "null::text",
        };
        await using var command = database.CreateCommand($"""
            select date_trunc('day', hour, $4), {group}, sum(requests)::bigint, sum(credits)::bigint, sum(failed)::bigint, sum(input_tokens)::bigint, sum(output_tokens)::bigint
            from usage_hours where account_id = $1 and hour >= $2 and hour < $3 group by 1, 2 order by 1, 2 limit $5
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(range.From);
        command.Parameters.AddWithValue(range.To);
        command.Parameters.AddWithValue(range.Zone.Id);
        command.Parameters.AddWithValue(BucketsMax + 1);
        var buckets = new List<UsageBucket>();
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
                buckets.Add(new(row.GetFieldValue<DateTimeOffset>(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)));
        }
        catch (PostgresException unknown) when (unknown.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            return Refusal.Invalid("tz", "The database does not know this time zone.");
        }
        if (buckets.Count > BucketsMax) return Refusal.Invalid("from", "This is too much for one answer. Ask for fewer days.");
        return new UsageView(range.From, range.To, range.Zone.Id, groupBy, buckets, new(
            buckets.Sum(bucket => bucket.Requests), buckets.Sum(bucket => bucket.Credits), buckets.Sum(bucket => bucket.Failed), buckets.Sum(bucket => bucket.InputTokens), buckets.Sum(bucket => bucket.OutputTokens)));
    }
}
