using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.ProviderKeys;

/// <summary>Keys as runs need them.</summary>
internal sealed class StoredKeys(NpgsqlDataSource database, SealKeys seal, VendorList vendors, CreditOptions credits, TimeProvider time) : IOwnKeys
{
    public async Task<OwnKeys> Of(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select provider, sealed_credentials from provider_keys where account_id = $1");
        command.Parameters.AddWithValue(account);
        await using var row = await command.ExecuteReaderAsync(cancel);
        Dictionary<string, VendorAccess>? found = null;
        while (await row.ReadAsync(cancel))
        {
            if (Open(account, row.GetString(0), row.GetString(1)) is { } access) (found ??= [])[row.GetString(0)] = access;
        }
        return found is null ? OwnKeys.None : new(found, credits.OwnKeyPercent);
    }

    public async Task<VendorAccess?> Use(Guid account, string provider, CancellationToken cancel)
    {
        // Asked with every look at a run; a minute is near enough.
        await using var command = database.CreateCommand("""
            with used as (update provider_keys set used_at = $3 where account_id = $1 and provider = $2 and (used_at is null or used_at < $3 - interval '1 minute'))
            select sealed_credentials from provider_keys where account_id = $1 and provider = $2
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(provider);
        command.Parameters.AddWithValue(time.GetUtcNow());
        return await command.ExecuteScalarAsync(cancel) is string found ? Open(account, provider, found) : null;
    }

    private VendorAccess? Open(Guid account, string provider, string sealedCredentials) => seal.Open(account, provider, sealedCredentials)?.Over(vendors.Access(provider));
}
