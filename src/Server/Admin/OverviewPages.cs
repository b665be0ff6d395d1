using Rpd.Server.Http;
using Rpd.Web.Admin;

namespace Rpd.Server.Admin;

public static class OverviewPages
{
    public static void MapOverviewPages(this IEndpointRouteBuilder admin) => admin.MapGet("", async (HttpContext http, OverviewQueries overview) => Pages.Page<OverviewPage>(await overview.Read(http.RequestAborted)));
}
