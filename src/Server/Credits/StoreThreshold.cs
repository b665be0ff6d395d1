using Npgsql;

namespace Rpd.Server.Credits;

/// <summary>At start, writes the setting down where the ledger's SQL compares every falling balance with it.</summary>
public sealed class StoreThreshold(NpgsqlDataSource database, CreditOptions options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            insert into installation values ('credits.low-balance-threshold', $1) on conflict (name) do update set value = excluded.value where installation.value <> excluded.value
            """);
        command.Parameters.AddWithValue(options.LowBalanceThreshold.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
