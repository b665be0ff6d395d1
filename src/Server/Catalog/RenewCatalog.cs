using Microsoft.AspNetCore.OutputCaching;
using Npgsql;
using Rpd.Server.Live;

namespace Rpd.Server.Catalog;

/// <summary>
/// Makes this node sell by what administrators have changed: at start before anything else runs, after a change of its own at once, and every second in
/// case another node has made one. Cached pages with the old prices go.
/// </summary>
public sealed class RenewCatalog(NpgsqlDataSource database, ModelCatalog catalog, IOutputCacheStore cache, ILogger<RenewCatalog> log) : IHostedLifecycleService
{
    /// <returns>1 when there was something new.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var (version, rows) = await Newer(cancel);
        if (version == 0 || !catalog.Renew(version, rows)) return 0;
        foreach (var fault in catalog.Wishes.Faults) log.LogWarning("{Field} of the catalogue was changed by an administrator to what does not fit any more, and is left as it was: {Message}", fault.Field, fault.Message);
        await cache.EvictByTagAsync(LiveFeed.GalleryTag, cancel);
        return 1;
    }

    public async Task StartingAsync(CancellationToken cancellationToken) => await Run(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>All rows when one of them is newer than what this node sells by; none otherwise.</returns>
    private async Task<(long Version, IReadOnlyList<StoredChange> Rows)> Newer(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select kind, name, change::text, version from catalog_changes where (select max(version) from catalog_changes) > $1");
        command.Parameters.AddWithValue(catalog.Version);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<StoredChange>();
        long version = 0;
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
            version = Math.Max(version, reader.GetInt64(3));
        }
        return (version, rows);
    }
}
