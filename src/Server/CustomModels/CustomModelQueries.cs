using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;
using Rpd.Server.Live;
using Rpd.Shared;
using Rpd.Shared.CustomModels;
using Rpd.Shared.Generations;

namespace Rpd.Server.CustomModels;

/// <summary>One's own models.</summary>
public sealed class CustomModelQueries(AppDb db, Cursors cursors)
{
    public const string List = "custom-models";

    public static Refusal Missing => Refusal.NotFound("The custom model");

    /// <summary>Newest first.</summary>
    public async Task<Page<CustomModelView>> All(Guid account, Guid? before, int limit, CancellationToken cancel)
    {
        var own = db.CustomModels.AsNoTracking().Where(row => row.AccountId == account);
        if (before is { } last) own = own.Where(row => row.Id < last);
        var rows = await own.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancel);
        return new([.. rows.Take(limit).Select(View)], rows.Count > limit ? cursors.Write(List, rows[limit - 1].Id.ToString()) : null);
    }

    public async Task<CustomModelView?> Find(Guid account, Guid id, CancellationToken cancel) =>
        await db.CustomModels.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.AccountId == account, cancel) is { } row ? View(row) : null;

    public Task<int> Count(Guid account, CancellationToken cancel) => db.CustomModels.CountAsync(row => row.AccountId == account, cancel);

    /// <summary>What of the shown models has moved on since.</summary>
    public async Task<IReadOnlyList<Nudge>> Newer(Guid account, SyncItem[] items, CancellationToken cancel)
    {
        var ids = items.Select(item => item.Id).ToArray();
        var known = items.GroupBy(item => item.Id).ToDictionary(same => same.Key, same => same.Max(item => item.Version));
        var rows = await db.CustomModels.AsNoTracking().Where(row => row.AccountId == account && ids.Contains(row.Id)).Select(row => new { row.Id, row.Status, row.Progress, row.Version }).ToListAsync(cancel);
        return [.. rows.Where(row => row.Version > known[row.Id]).Select(row => Nudge(row.Id, row.Status, row.Progress, row.Version))];
    }

    public static Nudge Nudge(Guid id, string status, int progress, int version) => new(id, status, progress, version, "custom-model");

    private static CustomModelView View(CustomModel row) => new(
        row.Id, row.Name, row.Kind, row.Seed, row.Status, row.Progress, row.Deployed, row.Labels, row.Examples,
        row.Metrics?.Deserialize<MetricsView>(JsonSerializerOptions.Web), row.Error, row.Version, row.CreatedAt, row.CompletedAt);
}
