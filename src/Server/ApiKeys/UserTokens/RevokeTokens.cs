using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.ApiKeys.UserTokens;

/// <summary>Ends one token of an account, or all of them, at once. Ending what has ended is fine.</summary>
public sealed class RevokeTokens(AppDb db, TokenCheck check, TimeProvider time)
{
    /// <param name="id">Null: all.</param>
    /// <returns>False: the account has no such token.</returns>
    public async Task<bool> Run(Guid account, Guid? id, CancellationToken cancel)
    {
        var those = db.Tokens.Where(token => token.AccountId == account && (id == null || token.Id == id));
        var hashes = await those.Where(token => token.RevokedAt == null).Select(token => token.Hash).ToListAsync(cancel);
        await those.Where(token => token.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, time.GetUtcNow()), cancel);
        foreach (var hash in hashes) check.Forget(hash);
        return id is null || hashes.Count > 0 || await those.AnyAsync(cancel);
    }

    /// <summary>By whoever holds it: see <see cref="RevokeLeakedKey"/>.</summary>
    /// <returns>The token, when it was one that worked.</returns>
    internal async Task<UserToken?> Leaked(Secret secret, CancellationToken cancel)
    {
        var (hash, now) = (secret.Hash(), time.GetUtcNow());
        var token = await db.Tokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancel);
        if (token is null || token.RevokedAt is not null || token.ExpiresAt <= now) return null;
        var ended = await db.Tokens.Where(row => row.Id == token.Id && row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancel);
        check.Forget(hash);
        return ended == 1 ? token : null;
    }
}
