using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
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

    /// <summary>Whether there has ever been any.</summary>
    public async Task<bool> Any(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select exists (select 1 from usage_hours where account_id = $1)");
        command.Parameters.AddWithValue(account);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>What the account's keys are called, revoked ones too.</summary>
    public async Task<IReadOnlyDictionary<string, string>> KeyNames(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id, name from api_keys where account_id = $1");
        command.Parameters.AddWithValue(account);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var names = new Dictionary<string, string>();
        while (await row.ReadAsync(cancel)) names[row.GetGuid(0).ToString()] = row.GetString(1);
        return names;
    }

    /// <param name="groupBy">One of <see cref="UsageGroupings"/>.</param>
    public async Task<Outcome<UsageView>> Read(Guid account, UsageRange range, string groupBy, CancellationToken cancel, UsageCut? cut = null)
    {
        var buckets = new List<UsageBucket>();
        try
        {
            await foreach (var bucket in Each(account, range, groupBy, cut, cancel))
            {
                if (buckets.Count == BucketsMax) return Refusal.Invalid("from", "This is too much for one answer. Ask for fewer days.");
                buckets.Add(bucket);
            }
        }
        catch (PostgresException unknown) when (unknown.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            return Refusal.Invalid("tz", "The database does not know this time zone.");
        }
        return new UsageView(range.From, range.To, range.Zone.Id, groupBy, buckets, Sum(buckets));
    }

    public static UsageTotals Sum(IReadOnlyCollection<UsageBucket> buckets) => new(
        buckets.Sum(bucket => bucket.Requests), buckets.Sum(bucket => bucket.Credits), buckets.Sum(bucket => bucket.Failed), buckets.Sum(bucket => bucket.InputTokens), buckets.Sum(bucket => bucket.OutputTokens));

    /// <summary>By day, then by group, as they come from the database.</summary>
    public async IAsyncEnumerable<UsageBucket> Each(Guid account, UsageRange range, string groupBy, UsageCut? cut, [EnumeratorCancellation] CancellationToken cancel)
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
            from usage_hours where account_id = $1 and hour >= $2 and hour < $3 and ($5::text is null or model = $5) and ($6::uuid is null or api_key_id = $6) group by 1, 2 order by 1, 2
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(range.From);
        command.Parameters.AddWithValue(range.To);
        command.Parameters.AddWithValue(range.Zone.Id);
        command.Parameters.Add(new() { Value = cut?.Model ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = cut?.Key ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            yield return new(row.GetFieldValue<DateTimeOffset>(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
    }
}

/// <summary>Only what one model or one key has used.</summary>
/// <param name="Key">All zeros: use without a key.</param>
public sealed record UsageCut(string? Model, Guid? Key);
