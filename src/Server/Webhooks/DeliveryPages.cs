using System.Globalization;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Webhooks;

/// <summary>The delivery log: of one webhook, or (below <c>/webhooks/requests</c>) of addresses that requests named themselves.</summary>
internal static class DeliveryPages
{
    private static readonly Dictionary<string, TimeSpan> Since = new()
    {
        ["1h"] = TimeSpan.FromHours(1),
        ["24h"] = TimeSpan.FromHours(24),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    public static void MapDeliveryPages(this RouteGroupBuilder webhooks, RouteGroupBuilder one)
    {
        one.MapPost("/test", Test);
        one.MapPost("/redeliver-failed", Failed);
        one.MapGet("/deliveries/{delivery:guid}", (Guid id, Guid delivery, HttpContext http, DrawWebhooks draw) => draw.Delivery(http, id, delivery));
        one.MapPost("/deliveries/{delivery:guid}/redeliver", (Guid id, Guid delivery, HttpContext http, Redeliver again, Flash flash) => Again(id, delivery, http, again, flash));
        one.MapGet("/deliveries/{delivery:guid}/redeliver", (Guid id, Guid delivery) => See(Address(id, delivery)));
        one.MapGet("/deliveries", (Guid id) => See($"/webhooks/{id}"));

        var requests = webhooks.MapGroup("/requests");
        requests.MapGet("", (HttpContext http, DrawWebhooks draw) => draw.Requests(http));
        requests.MapGet("/{delivery:guid}", (Guid delivery, HttpContext http, DrawWebhooks draw) => draw.Delivery(http, null, delivery));
        requests.MapPost("/{delivery:guid}/redeliver", (Guid delivery, HttpContext http, Redeliver again, Flash flash) => Again(null, delivery, http, again, flash));
        requests.MapGet("/{delivery:guid}/redeliver", (Guid delivery) => See(Address(null, delivery)));
    }

    private static async Task<IResult> Test(Guid id, HttpContext http, TestWebhook test) =>
        await test.Run(http.User.AccountId()!.Value, id, http.RequestAborted) is { } delivery ? See(Address(id, delivery)) : Results.NotFound();

    private static async Task<IResult> Again(Guid? id, Guid delivery, HttpContext http, Redeliver again, Flash flash)
    {
        var refusal = await again.Run(http.User.AccountId()!.Value, id, delivery, http.RequestAborted);
        if (refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        // A webhook that was switched off meanwhile: the delivery's page says why nothing moves.
        if (refusal is not null) flash.Give(http, WebhookPages.Said, refusal.Message);
        return See(Address(id, delivery));
    }

    private static async Task<IResult> Failed(Guid id, HttpContext http, RedeliverFailed again, WebhookQueries webhooks, Flash flash, TimeProvider time)
    {
        var account = http.User.AccountId()!.Value;
        if (await webhooks.Find(account, id, http.RequestAborted) is null) return Results.NotFound();
        var since = time.GetUtcNow() - Since.GetValueOrDefault(http.Request.Form["since"].ToString(), Since["24h"]);
        var count = await again.Run(account, id, since, http.RequestAborted);
        flash.Give(http, WebhookPages.Said, count switch
        {
            null => "This webhook is not active. Switch it on first.",
            0 => "Nothing has failed in that time.",
            1 => "1 delivery is on its way again.",
            RedeliverFailed.AtOnce => string.Create(CultureInfo.InvariantCulture, $"The newest {count} deliveries are on their way again. Do it once more for those before them."),
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} deliveries are on their way again."),
        });
        return See($"/webhooks/{id}");
    }

    private static string Address(Guid? id, Guid delivery) => id is null ? $"/webhooks/requests/{delivery}" : $"/webhooks/{id}/deliveries/{delivery}";
}
