using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Credits;
using Rpd.Server.Jobs;
using Rpd.Shared.Admin;

namespace Rpd.Server.Admin;

/// <summary>
/// Proves the ledger from its rows and keeps the result for the page: every day, and as the job <c>ledger.check</c> when an administrator asks for it. A job, because
/// a large ledger takes longer than anybody waits for a page.
/// </summary>
public sealed class ProveLedger(NpgsqlDataSource database, AppDb db, CheckLedger check, TimeProvider time, ILogger<ProveLedger> log) : IJob
{
    public const string Kind = "ledger.check";

    /// <summary>Under this name the installation remembers the last proof.</summary>
    public const string Fact = "ledger.proof";

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        await Prove(cancel);
        return JobResult.Done;
    }

    /// <returns>1 when the last proof was older than a day and another was made.</returns>
    public async Task<int> Daily(CancellationToken cancel)
    {
        if (await Last(db, cancel) is { } last && last.At > time.GetUtcNow().AddDays(-1)) return 0;
        await Prove(cancel);
        return 1;
    }

    /// <summary>The last one; null when there has been none.</summary>
    public static async Task<LedgerProof?> Last(AppDb db, CancellationToken cancel) =>
        await db.Installation.Where(fact => fact.Name == Fact).Select(fact => fact.Value).SingleOrDefaultAsync(cancel) is { } stored ? JsonSerializer.Deserialize<LedgerProof>(stored, JsonSerializerOptions.Web) : null;

    private async Task Prove(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var report = await check.Run(cancel);
        var proof = new LedgerProof(time.GetUtcNow(), Stopwatch.GetElapsedTime(began).TotalSeconds, report.Accounts, report.Entries, report.SumOfAllBooks, report.Faults, await Books(cancel));
        await using var command = database.CreateCommand("insert into installation (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value");
        command.Parameters.AddWithValue(Fact);
        command.Parameters.AddWithValue(JsonSerializer.Serialize(proof, JsonSerializerOptions.Web));
        await command.ExecuteNonQueryAsync(cancel);
        if (proof.Faults.Count > 0) log.LogError("The ledger is not sound: {Faults} faults, the first: {Fault}", proof.Faults.Count, proof.Faults[0]);
    }

    private async Task<BooksView> Books(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select coalesce(sum(promo), 0)::bigint, coalesce(sum(allowance), 0)::bigint, coalesce(sum(purchased), 0)::bigint, coalesce(sum(owed), 0)::bigint, coalesce(sum(reserved), 0)::bigint,
              coalesce(sum(revenue), 0)::bigint, coalesce(sum(grants), 0)::bigint, coalesce(sum(purchases), 0)::bigint from credit_entries
            """);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7));
    }
}
