using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.ApiKeys;

/// <summary>Ends a key for good. The row stays, so that its spending keeps a name.</summary>
public sealed class RevokeKey(AppDb db, KeyCheck check, TimeProvider time)
{
    /// <returns>False when the account has no such key. Revoking twice is fine.</returns>
    public async Task<bool> Run(Guid account, Guid id, CancellationToken cancel)
    {
        if (await db.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.AccountId == account, cancel) is not { } key) return false;
        key.RevokedAt ??= time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        check.Forget(key);
        return true;
    }
}
