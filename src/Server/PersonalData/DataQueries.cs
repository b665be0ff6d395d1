using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Shared;
using Rpd.Web.PersonalData;

namespace Rpd.Server.PersonalData;

/// <summary>What there is of somebody, before they take it along or leave it.</summary>
public sealed class DataQueries(NpgsqlDataSource database, AccountOptions options)
{
    public async Task<DataModel> Page(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select a.handle, (select count(*) from generations g where g.account_id = a.id),
              (select coalesce(sum(o.bytes), 0)::bigint from generations g join outputs o on o.generation_id = g.id where g.account_id = a.id) + coalesce((select u.bytes from storage_usage u where u.account_id = a.id), 0),
              coalesce((select b.promo + b.allowance + b.purchased from credit_balances b where b.account_id = a.id), 0)
            from accounts a where a.id = $1
            """);
        command.Parameters.AddWithValue(account);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), options.DeletionDays, new(), FormErrors.None, FormErrors.None);
    }
}
