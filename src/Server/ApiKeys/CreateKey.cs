using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys;

/// <summary>Makes a key and gives its secret out, once.</summary>
public sealed class CreateKey(AppDb db, TimeProvider time)
{
    public const int KeysMax = 50;

    /// <param name="grantable">What the asker may hand on: everything a person may give, or what the asking key has itself.</param>
    public async Task<Outcome<ApiKeyView>> Run(Guid account, KeyWish wish, IReadOnlyCollection<string> grantable, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (wish.Check(grantable, now) is { Count: > 0 } wrong) return Refusal.Invalid(wrong);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Two at once would each count 49.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"keys:{account}"}, 0))", cancel);
        if (await db.ApiKeys.CountAsync(key => key.AccountId == account && key.RevokedAt == null, cancel) >= KeysMax)
            return Refusal.Conflict($"An account may have {KeysMax} keys. Revoke one that is no longer used.");
        var (key, secret) = New(account, wish, now);
        db.Add(key);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return KeyViews.Of(key, 0, now) with { Secret = secret.Reveal() };
    }

    /// <summary>The operator's command makes keys too, with scopes that no page gives.</summary>
    internal static (ApiKey Key, Secret Secret) New(Guid account, KeyWish wish, DateTimeOffset now)
    {
        var secret = KeyFormat.New(wish.Prefix);
        return (new()
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            Name = wish.Name!.Trim(),
            Prefix = wish.Prefix,
            Last4 = secret.Reveal()[^4..],
            Hash = secret.Hash(),
            Scopes = [.. wish.Scopes!.Distinct()],
            ExpiresAt = wish.ExpiresAt,
            CapCredits = wish.CapCredits,
            CapPeriod = wish.CapPeriod,
            AllowedIps = KeyWish.Blocks(wish.AllowedIps),
            AlertPercents = [.. wish.AlertPercents],
            Watched = wish.Watched,
            CreatedAt = now,
        }, secret);
    }
}
