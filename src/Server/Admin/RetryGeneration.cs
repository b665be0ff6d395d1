using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Rpd.Server.Audit;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Admin;

/// <summary>
/// Has a generation made once more. What has not ended goes on: its job gets all its attempts again. What failed or was cancelled was given back, so the same
/// request starts as a new one of the same account, at today's price.
/// </summary>
public sealed class RetryGeneration(AppDb db, ModelCatalog catalog, IOwnKeys keys, StartGeneration start, RecordAudit audit, JobBell bell)
{
    /// <returns>The generation that is being made now: the same or a new one.</returns>
    public async Task<Outcome<Guid>> Run(Actor by, Guid id, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = (await db.Generations.FromSql($"select * from generations where id = {id} for update").AsNoTracking().ToListAsync(cancel)).SingleOrDefault();
        if (row is null) return Refusal.NotFound("The generation");
        if (row.Status == GenerationStatus.Completed) return Refusal.Conflict("It is done. Give its credits back if it is no good; its owner can run it again.");
        if (!GenerationStatus.Ended(row.Status)) return await Requeue(by, row, reason, transaction, cancel);
        if (row.Test) return Refusal.Conflict("A run of a test key is repeated by whoever has the key.");
        return await StartAnew(by, row, reason, transaction, cancel);
    }

    private async Task<Outcome<Guid>> Requeue(Actor by, Generation row, string reason, IDbContextTransaction transaction, CancellationToken cancel)
    {
        // A worker that holds its lease has it in hand.
        var lanes = await db.Database.SqlQuery<string>($"""
            update jobs set state = 'ready', attempts = 0, fence = fence + 1, lease_until = null, run_at = now()
            where kind = 'generation.submit' and args ->> 'id' = {row.Id.ToString()} and (state in ('ready', 'dead') or lease_until < now()) returning lane as "Value"
            """).ToListAsync(cancel);
        if (lanes.Count == 0) return Refusal.Conflict(row.Held ? "It waits for a place of its account's plan." : "A worker has it in hand.");
        await audit.Add(by, "generation.retry", row.Id.ToString(), RecordAudit.Json(new { row.Status }), RecordAudit.Json(new { row.Status, requeued = true, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        foreach (var lane in lanes) bell.Ring(lane);
        return row.Id;
    }

    private async Task<Outcome<Guid>> StartAnew(Actor by, Generation row, string reason, IDbContextTransaction transaction, CancellationToken cancel)
    {
        var request = Request(row);
        var asked = NewGeneration.Read(Fields.Of(request), NewGeneration.ParamNames(request), catalog, await keys.Of(row.AccountId, cancel));
        if (asked.Declined) return Refusal.Conflict($"It cannot be made like this any more. {asked.Refusal.Message}");
        var plan = await db.Accounts.Where(account => account.Id == row.AccountId).Select(account => account.Plan).SingleAsync(cancel);
        var payer = new Payer(row.AccountId, "pages", plan);
        var started = await start.Run(asked.Value, payer, (NpgsqlTransaction)transaction.GetDbTransaction(), cancel);
        if (started.Declined) return started.Refusal with { Details = null };
        await audit.Add(by, "generation.retry", row.Id.ToString(), RecordAudit.Json(new { row.Status }), RecordAudit.Json(new { startedAnew = started.Value.Id, started.Value.CreditsCost, account = row.AccountId, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        start.Announce(payer, started.Value.Id, asked.Value.Entry.Provider);
        return started.Value.Id;
    }

    /// <summary>As it was asked for. What its model did not understand then is not asked again, and nobody is called who was called then.</summary>
    private static JsonElement Request(Generation row) => JsonSerializer.SerializeToElement(new
    {
        row.Type,
        row.Provider,
        row.Model,
        row.Prompt,
        row.NegativePrompt,
        row.InputImageUrl,
        row.InputVideoUrl,
        row.InputAudioUrl,
        row.Params,
        row.Count,
        row.Title,
        row.ParentId,
        row.Visibility,
        row.Mature,
    }, JsonSerializerOptions.Web);
}
