using Microsoft.EntityFrameworkCore;
using Rpd.Shared;

namespace Rpd.Server.ApiKeys;

/// <summary>
/// Lets a frozen key work again, and be for a while. Only a person does that: a program with another key may be the one that spends.
/// </summary>
public sealed class ThawKey(AppDb db, KeyCheck check, KeyWatchOptions options, TimeProvider time)
{
    public async Task<Refusal?> Run(Guid account, Guid id, CancellationToken cancel)
    {
        if (await db.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.AccountId == account, cancel) is not { } key) return Refusal.NotFound("The API key");
        if (key.FrozenAt is null) return null;
        (key.FrozenAt, key.WatchedFrom) = (null, time.GetUtcNow().AddHours(options.ThawHours));
        await db.SaveChangesAsync(cancel);
        check.Forget(key);
        return null;
    }
}
