using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.Collections;
using Rpd.Shared.Generations;

namespace Rpd.Server.Collections;

/// <param name="Visibility">Null: for its owner alone.</param>
public sealed record NewCollection(string Name, string? Description = null, string? Visibility = null);

/// <summary>Makes an empty collection. Nobody has more than a thousand.</summary>
public sealed class CreateCollection(AppDb db, TimeProvider time)
{
    private const int CollectionsMax = 1_000;

    public async Task<Outcome<CollectionView>> Run(Guid account, NewCollection wish, CancellationToken cancel)
    {
        if (await db.Collections.CountAsync(row => row.AccountId == account, cancel) >= CollectionsMax)
            return Refusal.Conflict($"You have {CollectionsMax} collections, which is as many as one can.");
        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % 10));
        var made = new Collection
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            Name = wish.Name.Trim(),
            Description = CollectionsApi.Trimmed(wish.Description),
            Visibility = wish.Visibility ?? Visibility.Private,
            CreatedAt = now,
        };
        db.Collections.Add(made);
        await db.SaveChangesAsync(cancel);
        return new CollectionView(made.Id, made.Name, made.Description, made.Visibility, null, 0, account, now);
    }
}
