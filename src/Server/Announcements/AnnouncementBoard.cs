using Microsoft.AspNetCore.OutputCaching;
using Npgsql;
using Rpd.Server.Live;
using Rpd.Shared.Admin;

namespace Rpd.Server.Announcements;

/// <summary>What is announced now and soon, in memory: every page shows it and none waits for it. Renewed every few seconds, and by this node's own changes.</summary>
public sealed class AnnouncementBoard(NpgsqlDataSource database, IOutputCacheStore cache, TimeProvider time)
{
    // More banners than these nobody reads.
    private const int Most = 5;

    private volatile IReadOnlyList<AnnouncementView> known = [];
    private string shown = "";

    public IReadOnlyList<AnnouncementView> Current
    {
        get
        {
            var now = time.GetUtcNow();
            return known.Count == 0 ? [] : [.. known.Where(one => one.From <= now && (one.Until is null || one.Until > now)).Take(Most)];
        }
    }

    /// <summary>A recurring duty. When what is shown has changed, cached pages are drawn anew.</summary>
    public async Task<int> Renew(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select id, text, level, from_at, until_at from announcements where (until_at is null or until_at > now()) and from_at < now() + interval '1 hour' order by from_at desc, id desc limit 50");
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<AnnouncementView>();
        while (await row.ReadAsync(cancel)) found.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4)));
        known = found;
        var now = string.Join(' ', Current.Select(one => one.Id));
        if (now == shown) return 0;
        shown = now;
        await cache.EvictByTagAsync(LiveFeed.GalleryTag, cancel);
        return 1;
    }
}
