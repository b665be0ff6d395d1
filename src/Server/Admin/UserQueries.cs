using System.Text;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Server.Admin;

/// <summary>Accounts as administrators see them. A list is a stretch of an index, or begins with what three indexes find for the words.</summary>
public sealed class UserQueries(NpgsqlDataSource database, CreditQueries credits, Cursors cursors, TimeProvider time)
{
    public const string ListName = "admin-users";

    private const int FoundMost = 1_000;

    private const string Columns = """
        select a.id, a.email, a.handle, a.display_name, a.plan, a.role, a.status, coalesce(b.promo + b.allowance + b.purchased, 0), a.created_at, a.email_confirmed, a.two_factor_enabled
        from accounts a left join credit_balances b on b.account_id = a.id
        """;

    // Words are how something begins: everything else would look through all accounts.
    private static readonly string Found = $"""
         and a.id in ((select id from accounts where normalized_email like $1 limit {FoundMost}) union all (select id from accounts where handle like $2 limit {FoundMost})
          union all (select id from accounts where id between $3 and $4 limit {FoundMost}))
        """;

    /// <summary>The newest first.</summary>
    /// <param name="before">Where the page before this one ended.</param>
    public async Task<Page<AdminUserSummary>> List(UserFilter filter, Guid? before, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand();
        var where = new StringBuilder();
        if (filter.Q?.Trim() is { Length: > 0 } words)
        {
            var (first, last) = IdRange.Of(words) ?? (Guid.AllBitsSet, Guid.Empty);
            foreach (var value in new object[] { Begins(words.ToUpperInvariant()), Begins(words.TrimStart('@').ToLowerInvariant()), first, last }) command.Parameters.AddWithValue(value);
            where.Append(Found);
        }
        Add("a.plan =", filter.Plan);
        Add("a.role =", filter.Role);
        Add("a.status =", filter.Status);
        Add("a.id <", before);
        command.Parameters.AddWithValue(limit + 1);
        command.CommandText = $"{Columns} where true{where} order by a.id desc limit ${command.Parameters.Count}";
        await using var row = await command.ExecuteReaderAsync(cancel);
        var users = new List<AdminUserSummary>();
        while (await row.ReadAsync(cancel)) users.Add(Summary(row));
        return new([.. users.Take(limit)], users.Count > limit ? cursors.Write(ListName, users[limit - 1].Id.ToString()) : null);

        void Add(string condition, object? value)
        {
            if (value is null) return;
            command.Parameters.AddWithValue(value);
            where.Append(" and ").Append(condition).Append(" $").Append(command.Parameters.Count);
        }
    }

    public async Task<AdminUserView?> Find(Guid id, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        foreach (var sql in new[]
        {
            $"{Columns} where a.id = $1", "select count(*)::int from passkeys where account_id = $1",
            "select id, name, prefix, last4, scopes, case when revoked_at is not null then 'revoked' when disabled_at is not null then 'disabled' when expires_at <= now() then 'expired' else 'good' end, last_used_at, created_at from api_keys where account_id = $1 order by created_at desc limit 20",
            "select user_agent, address, created_at, last_seen_at, second_factor_at is not null from sessions where account_id = $1 and revoked_at is null and last_seen_at > $2 order by last_seen_at desc limit 20",
        })
        {
            var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = id } } };
            if (sql.Contains("$2", StringComparison.Ordinal)) command.Parameters.Add(new() { Value = time.GetUtcNow() - Sessions.Life });
            batch.BatchCommands.Add(command);
        }
        await using var row = await batch.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var (summary, confirmed, authenticator) = (Summary(row), row.GetBoolean(9), row.GetBoolean(10));
        await row.NextResultAsync(cancel);
        await row.ReadAsync(cancel);
        var passkeys = row.GetInt32(0);
        await row.NextResultAsync(cancel);
        var keys = new List<AdminKeyView>();
        while (await row.ReadAsync(cancel))
            keys.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7)));
        await row.NextResultAsync(cancel);
        var sessions = new List<AdminSessionView>();
        while (await row.ReadAsync(cancel)) sessions.Add(new(Device.InWords(row.GetString(0)), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4)));
        await row.CloseAsync();
        return new(summary, confirmed, authenticator, passkeys, await credits.Balance(id, cancel), keys, sessions);
    }

    private static AdminUserSummary Summary(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetInt64(7), row.GetFieldValue<DateTimeOffset>(8));

    private static string Begins(string words) => words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
