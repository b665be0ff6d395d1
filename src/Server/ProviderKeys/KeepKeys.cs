using Microsoft.EntityFrameworkCore;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared;
using Rpd.Shared.ProviderKeys;

namespace Rpd.Server.ProviderKeys;

/// <summary>An account's keys as their owner sees and changes them. A key is tried before it is kept, and never shown again.</summary>
internal sealed class KeepKeys(AppDb db, ModelCatalog catalog, VendorList vendors, SealKeys seal, TryKey tries, TimeProvider time)
{
    /// <summary>The vendors that a key can be for, by name.</summary>
    public IEnumerable<string> Providers => vendors.All.Where(vendor => vendor.OpenToPeople).Select(vendor => vendor.Name).Where(name => catalog.All.Any(entry => entry.Provider == name)).Order(StringComparer.Ordinal);

    public async Task<IReadOnlyList<ProviderKeyView>> List(Guid account, CancellationToken cancel) =>
        [.. (await db.ProviderKeys.AsNoTracking().Where(key => key.AccountId == account).OrderBy(key => key.Provider).ToListAsync(cancel)).Select(key => key.View())];

    public async Task<ProviderKeyView?> Find(Guid account, string provider, CancellationToken cancel) => (await Row(account, provider, cancel))?.View();

    /// <summary>Replaces the one that is there. One that the vendor does not take is refused; one that it could not be asked about is kept, with a notice.</summary>
    public async Task<Outcome<ProviderKeyView>> Save(Guid account, string provider, Fields fields, CancellationToken cancel)
    {
        if (vendors.Find(provider) is not { } vendor || !Providers.Contains(provider)) return Refusal.NotFound("The provider");
        var credentials = KeyFields.Read(fields, provider);
        if (fields.Refusal is { } wrong) return wrong;
        var access = credentials.Over(vendors.Access(provider));
        var form = KeyFields.Of(provider);
        // Half a pair opens nothing.
        var own = new OwnKeys(new Dictionary<string, VendorAccess> { [provider] = access }, percent: 0);
        if (!catalog.All.Any(entry => entry.Provider == provider && catalog.OnOwnKey(entry, own))) return Refusal.Invalid(form.Names[0], form.Needs);
        var tried = await tries.Run(vendor, access, cancel);
        if (tried.Refused is { } refused) return Refusal.Invalid(form.Names.First(fields.Has), refused);
        var (now, sealedCredentials) = (time.GetUtcNow(), seal.Seal(account, provider, credentials));
        DateTimeOffset? checkedAt = tried.Works ? now : null;
        await db.Database.ExecuteSqlAsync($"""
            insert into provider_keys (account_id, provider, sealed_credentials, hint, created_at, checked_at) values ({account}, {provider}, {sealedCredentials}, {credentials.Hint}, {now}, {checkedAt})
            on conflict (account_id, provider) do update set sealed_credentials = excluded.sealed_credentials, hint = excluded.hint, created_at = excluded.created_at, checked_at = excluded.checked_at, used_at = null
            """, cancel);
        return new ProviderKeyView(provider, credentials.Hint, now, null, checkedAt, tried.Notice);
    }

    /// <returns>How it stands now, with what the vendor said if it did not take it; null when there is none.</returns>
    public async Task<ProviderKeyView?> Test(Guid account, string provider, CancellationToken cancel)
    {
        if (vendors.Find(provider) is not { } vendor || await Row(account, provider, cancel) is not { } row) return null;
        if (seal.Open(account, provider, row.SealedCredentials) is not { } credentials) return row.View("This key cannot be read any more. Enter it again.");
        var tried = await tries.Run(vendor, credentials.Over(vendors.Access(provider)), cancel);
        DateTimeOffset? checkedAt = tried.Works ? time.GetUtcNow() : tried.Refused is not null ? null : row.CheckedAt;
        // Only if it is still the one that was tried.
        await db.ProviderKeys.Where(key => key.AccountId == account && key.Provider == provider && key.SealedCredentials == row.SealedCredentials)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.CheckedAt, checkedAt), cancel);
        return row.View(tried.Refused ?? tried.Notice) with { CheckedAt = checkedAt };
    }

    /// <summary>What still runs with it ends with a refund.</summary>
    /// <returns>What was removed.</returns>
    public async Task<ProviderKeyView?> Remove(Guid account, string provider, CancellationToken cancel)
    {
        if (await Row(account, provider, cancel) is not { } row) return null;
        return await db.ProviderKeys.Where(key => key.AccountId == account && key.Provider == provider).ExecuteDeleteAsync(cancel) == 1 ? row.View() : null;
    }

    private Task<ProviderKey?> Row(Guid account, string provider, CancellationToken cancel) =>
        db.ProviderKeys.AsNoTracking().SingleOrDefaultAsync(key => key.AccountId == account && key.Provider == provider, cancel);
}
