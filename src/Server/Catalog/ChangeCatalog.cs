using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Shared;

namespace Rpd.Server.Catalog;

/// <summary>
/// Writes one change of the catalogue and the audit row that goes with it, in one transaction; those of all nodes stand in line, so that each sees what
/// the one before it made. This node sells by it when it returns, the others within about a second.
/// </summary>
public sealed class ChangeCatalog(AppDb db, RecordAudit audit, RenewCatalog renew, TimeProvider time)
{
    /// <param name="change">From what stands there to what shall; both are JSON objects.</param>
    /// <param name="seen">The version that whoever asks has seen; null when they change whatever is there.</param>
    public async Task<Outcome<bool>> Run(Actor by, string kind, string name, Func<StoredChange, Outcome<string>> change, long? seen, CancellationToken cancel)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('catalog', 0))", cancel);
            var row = await db.CatalogChanges.AsNoTracking().SingleOrDefaultAsync(one => one.Kind == kind && one.Name == name, cancel);
            if (seen is { } version && version != (row?.Version ?? 0)) return Refusal.Conflict("Somebody else has changed this meanwhile. What stands here now is theirs; nothing of yours was saved.");
            var before = row?.Change ?? "{}";
            var wanted = change(new(kind, name, before));
            if (wanted.Declined) return wanted.Refusal;
            if (JsonNode.DeepEquals(JsonNode.Parse(before), JsonNode.Parse(wanted.Value))) return false;
            var next = new CatalogChange { Kind = kind, Name = name, Change = wanted.Value, Version = (await db.CatalogChanges.MaxAsync(one => (long?)one.Version, cancel) ?? 0) + 1, ChangedBy = by.AccountId, ChangedAt = time.GetUtcNow() };
            db.Entry(next).State = row is null ? EntityState.Added : EntityState.Modified;
            await audit.Add(by, $"catalog.{kind}", name, before, wanted.Value, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        await renew.Run(cancel);
        return true;
    }
}
