using Npgsql;

namespace Rpd.Server.Credits;

/// <param name="Faults">Sentences; empty when every proof holds.</param>
public sealed record LedgerReport(long Accounts, long Entries, long SumOfAllBooks, IReadOnlyList<string> Faults)
{
    public bool Sound => Faults.Count == 0;
}

/// <summary>
/// Proves the ledger from its rows alone: every transfer sums to zero, balances equal their entries, reservations equal the unfinished work,
/// and each account's chain of hashes is whole. One consistent snapshot, however busy the server is.
/// </summary>
public sealed class CheckLedger(NpgsqlDataSource database)
{
    private static readonly (string Fault, string Sql)[] Proofs =
    [
        ("{0}: balance {1} differs from its entries {2}", """
            select b.account_id::text, concat_ws('/', b.promo, b.allowance, b.purchased, b.owed, b.reserved, b.seq),
              concat_ws('/', coalesce(sum(e.promo), 0), coalesce(sum(e.allowance), 0), coalesce(sum(e.purchased), 0), coalesce(sum(e.owed), 0), coalesce(sum(e.reserved), 0), count(e.seq))
            from credit_balances b left join credit_entries e on e.account_id = b.account_id group by b.account_id
            having (b.promo, b.allowance, b.purchased, b.owed, b.reserved, b.seq)
              is distinct from (coalesce(sum(e.promo), 0), coalesce(sum(e.allowance), 0), coalesce(sum(e.purchased), 0), coalesce(sum(e.owed), 0), coalesce(sum(e.reserved), 0), count(e.seq))
            limit 20
            """),
        ("{0}: entries without a balance ({1}{2})", """
            select e.account_id::text, count(*)::text, '' from credit_entries e left join credit_balances b using (account_id) where b.account_id is null group by 1 limit 20
            """),
        ("{0}: the chain is broken at entry {1}{2}", """
            select account_id::text, seq::text, '' from (
              select e.*, lag(seq, 1, 0::bigint) over w as previous_seq, lag(balance_after, 1, 0::bigint) over w as previous_balance,
                lag(hash, 1, '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea) over w as previous_hash
              from credit_entries e window w as (partition by account_id order by seq)) c
            where seq <> previous_seq + 1 or balance_after <> previous_balance + promo + allowance + purchased
              or hash <> credit_hash(previous_hash, account_id, seq, at, kind, key, promo, allowance, purchased, owed, reserved, revenue, grants, purchases, balance_after)
            order by account_id, seq limit 20
            """),
        ("{0}: the last hash is not the balance's (entry {1}{2})", """
            select b.account_id::text, b.seq::text, '' from credit_balances b left join credit_entries e on e.account_id = b.account_id and e.seq = b.seq
            where b.seq > 0 and e.hash is distinct from b.hash limit 20
            """),
        ("{0}: {1} credits are reserved, unfinished generations and leases hold {2}", """
            select b.account_id::text, b.reserved::text, (coalesce(g.held, 0) + coalesce(l.held, 0))::text from credit_balances b
            left join (select account_id, sum(promo + allowance + purchased) as held from credit_leases group by 1) l using (account_id)
            left join (select account_id, sum(credits_cost) as held from generations where status in ('queued', 'processing') and not test group by 1) g using (account_id)
            where b.reserved <> coalesce(g.held, 0) + coalesce(l.held, 0) limit 20
            """),
        ("generation {0}: it ended, but its settlement is {1}{2}", """
            select g.id::text, 'missing', '' from generations g where g.completed_at is not null and g.credits_cost > 0 and not g.test
              and not exists (select 1 from credit_entries e where e.key = 'gen:' || g.id || ':settle'
                and e.revenue + coalesce((select r.revenue from credit_entries r where r.key = 'gen:' || g.id || ':refund'), 0) = g.credits_cost - g.credits_refunded) limit 20
            """),
    ];

    public async Task<LedgerReport> Run(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var faults = new List<string>();
        foreach (var (fault, sql) in Proofs)
        {
            // A ledger of years takes longer than a page may.
            await using var proof = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await using var reader = await proof.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                faults.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, fault, reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }
        await using var totals = new NpgsqlCommand("""
            select (select count(*) from credit_balances), count(*),
              coalesce(sum(promo + allowance + purchased - owed + reserved + revenue + grants + purchases), 0)::bigint from credit_entries
            """, connection) { CommandTimeout = 0 };
        await using var row = await totals.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var sum = row.GetInt64(2);
        if (sum != 0) faults.Add($"The books do not sum to zero: {sum}");
        return new(row.GetInt64(0), row.GetInt64(1), sum, faults);
    }
}
