using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Notifications;

public static class NotificationsApi
{
    private const int IdsMax = 100;

    public static void MapNotificationsApi(this IEndpointRouteBuilder api)
    {
        var notifications = api.MapGroup("/notifications").Needs(Scopes.Read);
        notifications.MapGet("", List)
            .Describe("List your notifications", "What you should know, newest first. Unread ones that belong together are one.").Filters<PageFilter>().GivesBare<NotificationListView>();
        notifications.MapPost("/read", Read)
            .Describe("Mark notifications as read", "Some, by their ids, or all. Other people's stay as they are.").Takes<ReadNotificationsBody>("""{"all":true}""").Gives<ReadAnswer>();
    }

    private static async Task<IResult> List(HttpContext http, NotificationQueries notifications, Cursors cursors)
    {
        var query = ListQuery.Read(http, NotificationQueries.ListName, cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var account = http.Credential().AccountId;
        var page = await notifications.List(account, query.Value.Position, query.Value.Limit, http.RequestAborted);
        return Results.Json(new NotificationListView(true, page.Items, new(page.NextCursor, page.HasMore), await notifications.Unread(account, http.RequestAborted)), ApiAnswers.Json);
    }

    private static async Task<IResult> Read(HttpContext http, ReadNotifications read, NotificationQueries notifications)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var all = fields.Flag("all");
        var texts = fields.Texts("ids", IdsMax, 100);
        if (texts is not null && texts.Any(text => !Guid.TryParse(text, out _))) fields.Wrong("ids", "Each entry of ids must be an id.");
        if (fields.Errors.Count == 0 && (all == true) == (texts is not null)) fields.Wrong("ids", "Send either ids, a list of notifications, or all: true.");
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var account = http.Credential().AccountId;
        await read.Run(account, texts is null ? null : [.. texts.Select(Guid.Parse)], http.RequestAborted);
        return ApiAnswers.Data(new ReadAnswer(await notifications.Unread(account, http.RequestAborted)));
    }
}
