using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Collections;

/// <summary>Takes works out of an own collection. The works themselves stay.</summary>
public sealed class RemoveFromCollection(AppDb db)
{
    /// <returns>How many were there; null when the account has no such collection.</returns>
    public async Task<int?> Run(Guid account, Guid id, IReadOnlyList<Guid> generations, CancellationToken cancel) =>
        await db.Collections.AnyAsync(row => row.Id == id && row.AccountId == account, cancel)
            ? await db.CollectionItems.Where(row => row.CollectionId == id && generations.Contains(row.GenerationId)).ExecuteDeleteAsync(cancel) : null;
}
