using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Web.Notifications;

namespace Rpd.Server.Notifications;

/// <summary>What one should know. A GET reads only: a notification is marked by its form, which a script also sends when its link is followed.</summary>
public static class NotificationPages
{
    private const int PageSize = 30;

    public static void MapNotificationPages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/notifications").RequireAuthorization();
        own.MapGet("", List);
        own.MapPost("/read", ReadAll);
        own.MapPost("/{id:guid}/read", ReadOne);
        // Where signing in leads back to.
        own.MapGet("/read", () => Pages.See("/notifications"));
        own.MapGet("/{id:guid}/read", (Guid id) => Pages.See("/notifications"));
    }

    private static async Task<IResult> List(HttpContext http, NotificationQueries notifications, Cursors cursors)
    {
        var (account, unread) = (http.User.AccountId()!.Value, http.Request.Query["show"] == "unread");
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var position = string.IsNullOrEmpty(cursor) ? null : cursors.Read(NotificationQueries.ListName, cursor);
        var page = await notifications.List(account, position, PageSize, http.RequestAborted, unread);
        return Pages.Page<NotificationsPage>(new NotificationsModel(page, unread, position is null ? null : cursor, await notifications.Unread(account, http.RequestAborted)));
    }

    private static async Task<IResult> ReadAll(HttpContext http, ReadNotifications read)
    {
        await read.Run(http.User.AccountId()!.Value, ids: null, http.RequestAborted);
        return Pages.See(Back(http));
    }

    private static async Task<IResult> ReadOne(Guid id, HttpContext http, ReadNotifications read, NotificationQueries notifications)
    {
        var account = http.User.AccountId()!.Value;
        await read.Run(account, [id], http.RequestAborted);
        if (await notifications.Find(account, id, http.RequestAborted) is not { } now) return Results.NotFound();
        return Pages.TakesStreams(http.Request) ? Pages.Streams<ReadStream>(new ReadModel(now, await notifications.Unread(account, http.RequestAborted))) : Pages.See(Back(http));
    }

    private static string Back(HttpContext http) => http.Request.Form["show"] == "unread" ? "/notifications?show=unread" : "/notifications";
}
