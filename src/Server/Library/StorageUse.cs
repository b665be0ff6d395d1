using Npgsql;
using Rpd.Server.Plans;
using Rpd.Web.Library;

namespace Rpd.Server.Library;

/// <summary>What an account's uploads take of what its plan sets aside.</summary>
public sealed class StorageUse(NpgsqlDataSource database, PlanList plans)
{
    public async Task<StorageModel> Of(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select a.plan, coalesce(u.bytes, 0) from accounts a left join storage_usage u on u.account_id = a.id where a.id = $1");
        command.Parameters.AddWithValue(account);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetInt64(1), plans.Of(row.GetString(0)).StorageBytesMax) : throw new InvalidOperationException($"There is no account {account}.");
    }
}
