using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Credits;

namespace Rpd.Server.Admin;

/// <summary>An account's movements with their business keys, the newest first. Kind and time are looked for along the account's own numbering.</summary>
public sealed class StatementQueries(NpgsqlDataSource database, Cursors cursors)
{
    public const string ListName = "statement";

    private const int CsvPage = 1_000;

    /// <param name="before">Where the page before this one ended.</param>
    public async Task<Page<StatementLine>> Read(StatementFilter filter, long? before, int limit, CancellationToken cancel)
    {
        // A kind that happens seldom has an index of its own. Only a statement that names the kind, not one that is told it, is planned with it once it is prepared.
        var kind = filter.Kind is null ? null : StatementFilter.Kinds.Single(known => known == filter.Kind);
        await using var command = database.CreateCommand($"""
            select seq, at, kind, promo, allowance, purchased, balance_after, cause_type, cause_id, note, key from credit_entries
            where account_id = $1 and seq < $2 {(kind is null ? "" : $"and kind = '{kind}'")} and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4) order by seq desc limit $5
            """);
        command.Parameters.AddWithValue(filter.Account);
        command.Parameters.AddWithValue(before ?? long.MaxValue);
        command.Parameters.Add(new() { Value = (object?)filter.From ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)filter.To ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.AddWithValue(limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var lines = new List<StatementLine>();
        while (await row.ReadAsync(cancel)) lines.Add(Line(row));
        return new([.. lines.Take(limit)], lines.Count > limit ? cursors.Write(ListName, lines[limit - 1].Entry.Seq.ToString(CultureInfo.InvariantCulture)) : null);
    }

    /// <summary>All of it, page by page.</summary>
    public async IAsyncEnumerable<StatementLine> Each(StatementFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        long? before = null;
        do
        {
            var page = await Read(filter, before, CsvPage, cancel);
            foreach (var line in page.Items) yield return line;
            before = page.NextCursor is null ? null : page.Items[^1].Entry.Seq;
        }
        while (before is not null);
    }

    private static StatementLine Line(NpgsqlDataReader row)
    {
        (string Name, long Amount)[] buckets = [("promo", row.GetInt64(3)), ("allowance", row.GetInt64(4)), ("purchased", row.GetInt64(5))];
        var moved = buckets.Where(bucket => bucket.Amount != 0).ToArray();
        return new(new(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), buckets.Sum(bucket => bucket.Amount), moved.Length switch { 0 => "none", 1 => moved[0].Name, _ => "mixed" }, row.GetInt64(6),
            row.IsDBNull(7) ? null : new(row.GetString(7), row.GetString(8)), row.IsDBNull(9) ? null : row.GetString(9)), row.GetString(10));
    }
}
