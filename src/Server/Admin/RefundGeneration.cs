using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Rpd.Server.Audit;
using Rpd.Server.Credits;
using Rpd.Server.Generations;
using Rpd.Server.Live;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Admin;

/// <summary>
/// Gives back what an ended generation has cost, wholly or in part, and once: ledger, generation, key cap and usage in one transaction. Usage shows it in the
/// hour in which it was given back, as the ledger does.
/// </summary>
public sealed class RefundGeneration(AppDb db, CreditLedger ledger, RecordAudit audit, LiveFeed live, TimeProvider time)
{
    private static readonly string[] Steps =
    [
        "update generations set credits_refunded = credits_refunded + {1}, version = version + 1 where id = {0}",
        "update api_key_spend s set spent = s.spent - {1} from generations g where g.id = {0} and s.api_key_id = g.api_key_id and s.period = g.cap_period and s.period_start = g.cap_start",
        """
        insert into usage_hours as u (hour, account_id, api_key_id, model, face, requests, failed, credits)
          select date_trunc('hour', {2}::timestamptz, 'UTC'), g.account_id, coalesce(g.api_key_id, '00000000-0000-0000-0000-000000000000'), g.model, g.face, 0, 0, -{1} from generations g where g.id = {0}
        on conflict (account_id, hour, api_key_id, model, face) do update set credits = u.credits + excluded.credits
        """,
    ];

    /// <param name="credits">Null: all that it has cost.</param>
    /// <returns>How many credits went back.</returns>
    public async Task<Outcome<long>> Run(Actor by, Guid id, long? credits, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Locks come in the order generation, balance.
        var row = (await db.Generations.FromSql($"select * from generations where id = {id} for update").AsNoTracking().ToListAsync(cancel)).SingleOrDefault();
        if (row is null) return Refusal.NotFound("The generation");
        if (!GenerationStatus.Ended(row.Status)) return Refusal.Conflict("It has not ended yet. Its owner can cancel it.");
        if (row.Test) return Refusal.Conflict("A run of a test key costs nothing.");
        var captured = row.CreditsCost - row.CreditsRefunded;
        if (captured == 0) return Refusal.Conflict("It has cost nothing: there is nothing to give back.");
        var back = credits ?? captured;
        if (back < 1 || back > captured) return Refusal.Invalid("credits", $"credits must be between 1 and {captured}: that is what it has cost.");
        if (await ledger.Refund((NpgsqlTransaction)transaction.GetDbTransaction(), row.AccountId, id, back, reason, cancel) is null) return Refusal.Conflict("An administrator has given credits back for it already.");
        foreach (var step in Steps) await db.Database.ExecuteSqlRawAsync(step, [id, back, time.GetUtcNow()], cancel);
        await audit.Add(by, "generation.refund", id.ToString(), RecordAudit.Json(new { row.CreditsCost, row.CreditsRefunded }), RecordAudit.Json(new { row.CreditsCost, creditsRefunded = row.CreditsRefunded + back, account = row.AccountId, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        live.Tell(row.AccountId, new Nudge(id, row.Status, row.Progress, row.Version + 1));
        live.TellCount(CreditQueries.Spendable, row.AccountId);
        return back;
    }
}
