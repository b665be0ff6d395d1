using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys;

/// <summary>Ends a key for good. The row stays, so that its spending keeps a name. Revoking twice is fine.</summary>
public sealed class RevokeKey(AppDb db, KeyCheck check, KeyQueries keys, TimeProvider time)
{
    /// <param name="owned">The asker's own scopes: a key must not end one that may do more than itself.</param>
    public async Task<Outcome<ApiKeyView>> Run(Guid account, Guid id, IReadOnlyCollection<string> owned, CancellationToken cancel)
    {
        if (await db.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.AccountId == account, cancel) is not { } key) return Refusal.NotFound("The API key");
        if (key.Scopes.FirstOrDefault(scope => !owned.Contains(scope)) is { } more) return Refusal.Forbidden($"This key lacks the scope \"{more}\" of the key to be revoked.");
        key.RevokedAt ??= time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        check.Forget(key);
        return (await keys.Find(account, id, cancel))!;
    }
}
