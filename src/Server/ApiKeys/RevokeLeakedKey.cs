using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.ApiKeys.UserTokens;
using Rpd.Server.Events;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;

namespace Rpd.Server.ApiKeys;

/// <summary>
/// Ends a key that somebody has found, because they could send it: whoever has it could do worse. A former secret that still lives by its days of grace ends
/// alone. The owner is written to; all in one transaction, so that no key ends without a word.
/// </summary>
public sealed class RevokeLeakedKey(AppDb db, KeyCheck check, RevokeTokens tokens, LetterSeal seal, PublicAddress address, JobBell bell, TimeProvider time)
{
    /// <param name="where">Where it was found, as the finder says; null when they did not.</param>
    /// <returns>Whether it was a key that worked.</returns>
    public async Task<bool> Run(Secret secret, string? where, CancellationToken cancel)
    {
        var hash = secret.Hash();
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Locked, so that of two reports at once one finds it done.
        var key = (await db.ApiKeys.FromSql($"select * from api_keys where hash = {hash} or old_hash = {hash} for update").ToListAsync(cancel)).SingleOrDefault();
        if (key is null && await tokens.Leaked(secret, cancel) is { } token)
        {
            var holder = await Owner(token.AccountId, cancel);
            if (!OpenExternalAccount.HasNoMailbox(holder)) db.Add(seal.Job(Letter(holder, token, where)));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            bell.Ring(Lanes.Quick);
            return true;
        }
        if (key is null || key.RevokedAt is not null) return false;
        var former = !key.Hash.AsSpan().SequenceEqual(hash);
        if ((former ? key.OldHashUntil : key.ExpiresAt) <= now) return false;
        if (former) (key.OldHash, key.OldHashUntil) = (null, null);
        else key.RevokedAt = now;
        db.Add(new Event { AccountId = key.AccountId, Name = "key.leaked", SubjectId = key.Id, Data = JsonSerializer.SerializeToElement(new { key.Id, key.Name, key.Last4, former }), At = now });
        var owner = await Owner(key.AccountId, cancel);
        if (!OpenExternalAccount.HasNoMailbox(owner)) db.Add(seal.Job(Letter(owner, key, former, where)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        check.Forget(key);
        check.Forget(hash);
        bell.Ring(Lanes.Quick);
        return true;
    }

    private Task<string> Owner(Guid id, CancellationToken cancel) =>
        db.Accounts.AsNoTracking().Where(account => account.Id == id).Select(account => account.Email!).SingleAsync(cancel);

    private Letter Letter(string owner, UserToken token, string? where) => LetterText.Write(owner, "A token of yours was found by somebody else",
        $"Somebody has sent us your token \"{token.Name}\" (…{token.Last4}), so it is not secret any more.{(where is null ? "" : $" Found at: {where}")}",
        "We have revoked it at once: calls with it are refused. Look for runs that were not yours:", address.Link("/tokens"));

    private Letter Letter(string owner, ApiKey key, bool former, string? where) => LetterText.Write(owner, "An API key of yours was found by somebody else",
        $"Somebody has sent us {(former ? "the former secret of" : "the secret of")} your API key \"{key.Name}\" ({key.Prefix}_…), so it is not secret any more.{(where is null ? "" : $" Found at: {where}")}",
        former ? "We have ended that secret at once. The present one is unchanged." : "We have revoked the key at once: calls with it are refused. Make a new one here and look for calls that were not yours:",
        address.Link("/keys"));
}
