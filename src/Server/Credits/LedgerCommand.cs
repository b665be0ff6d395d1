using Npgsql;

namespace Rpd.Server.Credits;

/// <summary><c>./run ledger check</c>: proves the ledger and exits with 1 when a proof fails.</summary>
public static class LedgerCommand
{
    public static async Task<int> Check(CommandRun run, string[] args)
    {
        await using var address = await run.OpenDatabase();
        await using var database = NpgsqlDataSource.Create(address.ConnectionString);
        var report = await new CheckLedger(database).Run(run.Cancel);
        await run.Answer(report);
        return report.Sound ? 0 : 1;
    }
}
