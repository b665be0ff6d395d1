using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys;

/// <summary>What is to change; null leaves a thing as it is.</summary>
/// <param name="Cap">With both parts null the cap is lifted.</param>
public sealed record KeyChange(string? Name = null, CapChange? Cap = null, IReadOnlyList<string>? AllowedIps = null, bool? Disabled = null, IReadOnlyList<int>? AlertPercents = null, bool? Watched = null)
{
    /// <summary>Everything that is wrong with it at once, by the API's field names.</summary>
    public IReadOnlyList<FieldError> Check(string prefix)
    {
        var wrong = new List<FieldError>();
        if (Name is not null && KeyWish.WrongName(Name) is { } name) wrong.Add(new("name", name));
        if (Cap is { } cap) wrong.AddRange(KeyWish.WrongCap(cap.Credits, cap.Period, prefix));
        if (KeyWish.WrongAddresses(AllowedIps) is { } addresses) wrong.Add(new("allowedIps", addresses));
        return wrong;
    }
}

public sealed record CapChange(long? Credits, string? Period);

/// <summary>Renames, caps, confines, pauses or resumes a key. Scopes and expiry stay: a key with other rights is another key.</summary>
public sealed class ChangeKey(AppDb db, KeyCheck check, KeyQueries keys, TimeProvider time)
{
    /// <param name="owned">The asker's own scopes: a key must not pause, or free of its limits, one that may do more than itself.</param>
    public async Task<Outcome<ApiKeyView>> Run(Guid account, Guid id, KeyChange change, IReadOnlyCollection<string> owned, CancellationToken cancel)
    {
        if (await db.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.AccountId == account, cancel) is not { } key) return Refusal.NotFound("The API key");
        if (key.RevokedAt is not null) return Refusal.Conflict("This API key was revoked; that cannot be undone.");
        if (key.Scopes.FirstOrDefault(scope => !owned.Contains(scope)) is { } more) return Refusal.Forbidden($"This key lacks the scope \"{more}\" of the key to be changed.");
        if (change.Check(key.Prefix) is { Count: > 0 } wrong) return Refusal.Invalid(wrong);
        if (change.Name is { } name) key.Name = name.Trim();
        if (change.Cap is { } cap && (cap.Credits, cap.Period) != (key.CapCredits, key.CapPeriod))
        {
            (key.CapCredits, key.CapPeriod) = (cap.Credits, cap.Period);
            // Shares of another cap: what was told of the old one says nothing of it.
            await db.ApiKeySpend.Where(row => row.ApiKeyId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.AlertedPercent, 0), cancel);
        }
        if (change.AllowedIps is { } blocks) key.AllowedIps = KeyWish.Blocks(blocks);
        if (change.AlertPercents is { } shares) key.AlertPercents = [.. shares];
        if (change.Watched is { } watched) key.Watched = watched;
        if (change.Disabled is { } off) key.DisabledAt = off ? key.DisabledAt ?? time.GetUtcNow() : null;
        await db.SaveChangesAsync(cancel);
        check.Forget(key);
        return (await keys.Find(account, id, cancel))!;
    }
}
