using System.Globalization;
using Npgsql;
using Rpd.Server.Http;
using Rpd.Server.Live;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.Credits;

namespace Rpd.Server.Credits;

public sealed class CreditQueries(NpgsqlDataSource database, PlanList plans, CreditOptions options, Cursors cursors, TimeProvider time)
{
    // What a node has set aside for calls that nobody has made yet is not spent: a balance that fell and rose again with every call would tell nothing.
    private const string SetAside = "(select coalesce(sum(l.promo), 0) as promo, coalesce(sum(l.allowance), 0) as allowance, coalesce(sum(l.purchased), 0) as purchased from credit_leases l where l.account_id = b.account_id) s";

    /// <summary>Spendable credits, those that are set aside for short calls among them.</summary>
    public static readonly LiveNumber Spendable = new("balance", LiveStream.Account,
        $"select b.account_id, (b.promo + b.allowance + b.purchased + s.promo + s.allowance + s.purchased)::bigint from credit_balances b, lateral {SetAside} where b.account_id = any($1)");

    public async Task<BalanceView> Balance(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            select a.plan, coalesce(b.promo + s.promo, 0)::bigint, coalesce(b.allowance + s.allowance, 0)::bigint, coalesce(b.purchased + s.purchased, 0)::bigint, coalesce(b.owed, 0),
              coalesce(b.reserved - s.promo - s.allowance - s.purchased, 0)::bigint,
              (select max(p.allowance_next) from subscriptions p where p.account_id = a.id), b.low_threshold
            from accounts a left join credit_balances b on b.account_id = a.id left join lateral {SetAside} on true where a.id = $1
            """);
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) throw new InvalidOperationException($"There is no account {account}.");
        var plan = plans.Of(reader.GetString(0));
        long promo = reader.GetInt64(1), allowance = reader.GetInt64(2), purchased = reader.GetInt64(3);
        return new(promo + allowance + purchased, reader.GetInt64(5), new(promo, allowance, purchased), reader.GetInt64(4), plan.Name, plan.AllowancePerMonth,
            reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), reader.IsDBNull(7) ? options.LowBalanceThreshold : reader.GetInt64(7));
    }

    /// <summary>What test keys may still spend today. It fills again at midnight UTC.</summary>
    public async Task<BalanceView> TestBalance(Guid account, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand("""
            select a.plan, coalesce((select t.spent from test_balances t where t.account_id = a.id and t.day >= $2), 0) from accounts a where a.id = $1
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(DateOnly.FromDateTime(now.UtcDateTime));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) throw new InvalidOperationException($"There is no account {account}.");
        var left = Math.Max(0, options.TestDaily - reader.GetInt64(1));
        return new(left, 0, new(0, left, 0), 0, plans.Of(reader.GetString(0)).Name, 0, new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1), options.LowBalanceThreshold);
    }

    public async Task<Page<EntryView>> History(Guid account, long? before, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select seq, at, kind, promo, allowance, purchased, balance_after, cause_type, cause_id, note
            from credit_entries where account_id = $1 and seq < $2 order by seq desc limit $3
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(before ?? long.MaxValue);
        command.Parameters.AddWithValue(limit + 1);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var entries = new List<EntryView>();
        while (await reader.ReadAsync(cancel)) entries.Add(Entry(reader));
        var more = entries.Count > limit;
        if (more) entries.RemoveAt(limit);
        return new(entries, more ? cursors.Write("credits", entries[^1].Seq.ToString(CultureInfo.InvariantCulture)) : null);
    }

    private static EntryView Entry(NpgsqlDataReader row)
    {
        (string Name, long Amount)[] buckets = [("promo", row.GetInt64(3)), ("allowance", row.GetInt64(4)), ("purchased", row.GetInt64(5))];
        var moved = buckets.Where(bucket => bucket.Amount != 0).ToArray();
        return new(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), buckets.Sum(bucket => bucket.Amount),
            moved.Length switch { 0 => "none", 1 => moved[0].Name, _ => "mixed" }, row.GetInt64(6),
            row.IsDBNull(7) ? null : new(row.GetString(7), row.GetString(8)), row.IsDBNull(9) ? null : row.GetString(9));
    }
}
