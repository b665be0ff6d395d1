using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys;

/// <summary>Gives a key a new secret under the same id. The old one lives on for the days of grace, so that programs can be changed one by one.</summary>
public sealed class RotateKey(AppDb db, KeyCheck check, KeyQueries keys, TimeProvider time)
{
    public const int GraceDaysMax = 7;

    /// <param name="grantable">A key must not get at the secret of one that may do more than itself.</param>
    public async Task<Outcome<ApiKeyView>> Run(Guid account, Guid id, long graceDays, IReadOnlyCollection<string> grantable, CancellationToken cancel)
    {
        if (graceDays is < 0 or > GraceDaysMax) return Refusal.Invalid("graceDays", $"graceDays must be between 0 and {GraceDaysMax}.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Locked, so that of two rotations at once neither's secret is lost without a trace: the second follows the first.
        var key = (await db.ApiKeys.FromSql($"select * from api_keys where id = {id} and account_id = {account} for update").ToListAsync(cancel)).SingleOrDefault();
        if (key is null) return Refusal.NotFound("The API key");
        if (key.RevokedAt is not null) return Refusal.Conflict("This API key was revoked; that cannot be undone.");
        if (key.Scopes.FirstOrDefault(scope => !grantable.Contains(scope)) is { } more) return Refusal.Forbidden($"This key lacks the scope \"{more}\" of the key to be rotated.");
        var now = time.GetUtcNow();
        var secret = KeyFormat.New(key.Prefix);
        var (retired, older) = (key.Hash, key.OldHash);
        (key.OldHash, key.OldHashUntil) = graceDays == 0 ? ((byte[]?)null, (DateTimeOffset?)null) : (key.Hash, now.AddDays(graceDays));
        (key.Hash, key.Last4) = (secret.Hash(), secret.Reveal()[^4..]);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        check.Forget(retired);
        if (older is not null) check.Forget(older);
        return (await keys.Find(account, id, cancel))! with { Secret = secret.Reveal() };
    }
}
