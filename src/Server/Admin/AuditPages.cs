using Rpd.Server.Audit;
using Rpd.Server.Http;
using Rpd.Web.Admin;

namespace Rpd.Server.Admin;

public static class AuditPages
{
    private const int PageSize = 50;

    public static void MapAuditPages(this IEndpointRouteBuilder admin) => admin.MapGet("/audit", async (HttpContext http, AuditQueries audit, Cursors cursors) =>
    {
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = string.IsNullOrEmpty(cursor) || cursors.Read(AuditQueries.ListName, cursor) is not { } position ? (Guid?)null : Guid.Parse(position);
        http.Response.Headers.CacheControl = "no-store";
        return Pages.Page<AuditPage>(new AuditModel(await audit.Page(new(), before, PageSize, http.RequestAborted), before is null ? null : cursor));
    });
}
