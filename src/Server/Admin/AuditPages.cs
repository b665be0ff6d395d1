using Rpd.Server.Audit;
using Rpd.Server.Http;
using Rpd.Shared.Audit;
using Rpd.Web.Admin;

namespace Rpd.Server.Admin;

public static class AuditPages
{
    private const int PageSize = 50;

    public static void MapAuditPages(this IEndpointRouteBuilder admin) => admin.MapGet("/audit", async (HttpContext http, AuditQueries audit, Cursors cursors) =>
    {
        var (filter, _) = ReadFilter(http);
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = string.IsNullOrEmpty(cursor) || cursors.Read(AuditQueries.ListName, cursor) is not { } position ? (Guid?)null : Guid.Parse(position);
        return Pages.Page<AuditPage>(new AuditModel(await audit.Page(filter, before, PageSize, http.RequestAborted), before is null ? null : cursor) { Filter = filter });
    });

    /// <summary>Shared with the API: what cannot be is named.</summary>
    internal static (AuditFilter Filter, Fields Fields) ReadFilter(HttpContext http)
    {
        var fields = Fields.Of(http.Request.Query);
        return (new(fields.Id("actor"), fields.Text("action", 100), fields.Text("target", 200)), fields);
    }
}
