using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Templates;

namespace Rpd.Server.Templates;

/// <summary>The caller's own templates, newest first, and after them the curated ones in their order.</summary>
public sealed class TemplateQueries(AppDb db, CuratedTemplates curated, Cursors cursors)
{
    /// <param name="position">The id of the last one that was shown.</param>
    public async Task<Page<TemplateView>> List(Guid? caller, TemplateFilter filter, Guid? position, int limit, CancellationToken cancel)
    {
        var supplied = filter.Owner == "own" ? [] : curated.All.Where(template => filter.Type is null || template.Type == filter.Type).ToArray();
        var reached = position is { } last ? Array.FindIndex(supplied, template => template.Id == last) + 1 : 0;
        var found = new List<TemplateView>();
        if (caller is { } account && filter.Owner != "curated" && reached == 0)
        {
            var own = db.Templates.AsNoTracking().Where(row => row.AccountId == account && (filter.Type == null || row.Type == filter.Type));
            if (position is { } before) own = own.Where(row => row.Id < before);
            found.AddRange((await own.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancel)).Select(View));
        }
        found.AddRange(supplied.Skip(reached).Take(limit + 1 - found.Count));
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write("templates", found[limit - 1].Id.ToString()) : null);
    }

    public async Task<TemplateView?> Find(Guid id, Guid? caller, CancellationToken cancel) =>
        curated.Find(id) ?? (caller is { } account && await db.Templates.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.AccountId == account, cancel) is { } own ? View(own) : null);

    public static TemplateView View(Template row) =>
        new(row.Id, row.Title, row.Type, row.Prompt, row.Placeholders.Deserialize<PlaceholderView[]>(JsonSerializerOptions.Web)!, row.Model, Curated: false);
}
