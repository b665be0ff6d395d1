using Npgsql;

namespace Rpd.Server.Credits.Metering;

/// <summary>A lease whose node has not been heard of for <see cref="CreditOptions.LeaseSeconds"/> goes back to its account.</summary>
public sealed class ReturnLeases(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select count(*) filter (where lease_return(id, account_id, $1))::int from (select id, account_id from credit_leases where until < now() order by account_id, id limit 100) gone
            """);
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }
}
