using System.Globalization;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Events;

namespace Rpd.Server.Events;

/// <summary>What webhooks tell, to be fetched: a client that was down asks from its last position on and has lost nothing of the last 30 days.</summary>
public static class EventsApi
{
    public static void MapEventsApi(this IEndpointRouteBuilder api) => api.MapGet("/events", Read).Needs(Scopes.Read)
        .Describe("List events", "The events of webhooks under the same ids, oldest first, kept for 30 days. `nextCursor` is always there: pass it as `after` the next time, and nothing is lost or told twice.")
        .Filters<EventFilter>().GivesPage<EventView>();

    private static async Task<IResult> Read(HttpContext http, EventFeed feed)
    {
        var wrong = new List<FieldError>();
        var limit = 20;
        if (http.Request.Query["limit"].FirstOrDefault() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > 100))
            wrong.Add(new("limit", "limit must be a number from 1 to 100."));
        // Readers of lists know it as the cursor.
        var name = http.Request.Query.ContainsKey("after") ? "after" : "cursor";
        var after = http.Request.Query[name].FirstOrDefault();
        var page = await feed.Read(http.Credential().AccountId, string.IsNullOrEmpty(after) ? null : after, wrong.Count == 0 ? limit : 1, http.RequestAborted);
        if (page.Declined) wrong.Add(new(name, $"{name} is not one of this feed's positions."));
        if (wrong.Count > 0) return ApiAnswers.Refuse(Refusal.Invalid(wrong));
        // Unlike a list, a feed has a position behind its last item: there the next visit begins.
        return Results.Json(new ApiAnswers.PageBody<EventView>(page.Value!.Items, new(page.Value.Next, page.Value.HasMore)), ApiAnswers.Json);
    }
}
