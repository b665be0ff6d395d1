using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared.Admin;

namespace Rpd.Server.Admin;

/// <summary>The providers of the catalogue that are called over the network, with what they have in hand.</summary>
public sealed class ProviderQueries(NpgsqlDataSource database, VendorList vendors, VendorHttp calls, ModelCatalog catalog)
{
    public async Task<IReadOnlyList<ProviderView>> All(CancellationToken cancel)
    {
        var open = new Dictionary<string, long>();
        await using (var command = database.CreateCommand(
            $"select provider, count(*) from (select provider from submissions where state in ('sending', 'unknown', 'taken') limit {OverviewView.CountMax}) s group by 1"))
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel)) open[row.GetString(0)] = row.GetInt64(1);
        }
        return [.. vendors.All.Select(vendor => Of(vendor.Name, open.GetValueOrDefault(vendor.Name))).OrderByDescending(one => one.Configured).ThenBy(one => one.Provider, StringComparer.Ordinal)];
    }

    private ProviderView Of(string name, long open)
    {
        var models = catalog.Items.Where(item => item.Data.Provider == name).ToArray();
        var ready = models.Where(item => catalog.Unavailable(item.Data) is null).ToArray();
        return new(name, ready.Length > 0, calls.Down(name), models.Length, ready.Count(item => item.Shown), open);
    }
}
