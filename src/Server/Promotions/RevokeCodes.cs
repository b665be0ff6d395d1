using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Shared;

namespace Rpd.Server.Promotions;

/// <summary>Ends all codes of a batch for good. What they have brought stays. Twice is fine.</summary>
public sealed class RevokeCodes(AppDb db, RecordAudit audit, TimeProvider time)
{
    public async Task<Refusal?> Run(Actor by, Guid id, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Locked, so that it comes before or after a use and not within one.
        if ((await db.CodeBatches.FromSql($"select * from code_batches where id = {id} for update").ToListAsync(cancel)).SingleOrDefault() is not { } batch) return Refusal.NotFound("The batch");
        if (batch.RevokedAt is not null) return null;
        batch.RevokedAt = time.GetUtcNow();
        await audit.Add(by, "codes.batch", id.ToString(), JsonSerializer.Serialize(new { revokedAt = (DateTimeOffset?)null, batch.Redeemed }, JsonSerializerOptions.Web),
            JsonSerializer.Serialize(new { batch.RevokedAt, batch.Redeemed }, JsonSerializerOptions.Web), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }
}
