using System.Text;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared.Events;
using Rpd.Web.Events;

namespace Rpd.Server.Events;

/// <summary>The feed for people: what happened, with the bodies that webhooks carry.</summary>
public static class EventPages
{
    private const int PageSize = 30;

    public static void MapEventPages(this IEndpointRouteBuilder pages) => pages.MapGet("/events", async (HttpContext http, EventFeed feed, PublicAddress address) =>
    {
        var kind = http.Request.Query["event"].FirstOrDefault() is { } asked && EventNames.All.Contains(asked) ? asked : null;
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var (page, newest) = await feed.Recent(http.User.AccountId()!.Value, kind, cursor, PageSize, http.RequestAborted);
        return Pages.Page<EventsPage>(new EventsModel(
            [.. page.Items.Select(one => new EventLine(one, Encoding.UTF8.GetString(EventBody.Write(one.Event, one.Timestamp, one.Data.GetRawText()))))],
            page.NextCursor, kind, cursor, newest, address.Base));
    }).RequireAuthorization();
}
