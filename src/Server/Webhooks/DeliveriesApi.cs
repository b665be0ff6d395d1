using System.Globalization;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>What became of each event at one webhook.</summary>
internal static class DeliveriesApi
{
    public static void MapDeliveriesApi(this IEndpointRouteBuilder webhooks)
    {
        webhooks.MapGet("/{id:guid}/deliveries", List).Needs(Scopes.Read)
            .Describe("List deliveries", "What became of each event at this webhook, the newest events first, for 30 days.").Filters<DeliveryFilter>().GivesPage<DeliveryView>();
        webhooks.MapGet("/{id:guid}/deliveries/{deliveryId:guid}", async (Guid id, Guid deliveryId, HttpContext http, WebhookQueries all) =>
            await all.Delivery(http.Credential().AccountId, id, deliveryId, http.RequestAborted) is { } found
                ? ApiAnswers.Data(found) : ApiAnswers.Refuse(Refusal.NotFound("The delivery"))).Needs(Scopes.Read)
            .Describe("Get a delivery", "With the body that is sent and all attempts.").Gives<DeliveryDetail>();
        webhooks.MapPost("/{id:guid}/deliveries/{deliveryId:guid}/redeliver", Again).Needs(Scopes.Generate)
            .Describe("Redeliver", "Starts the delivery's schedule over: same id, same body. One that is on its way just now is left alone.").Gives<DeliveryView>().Refuses("CONFLICT");
    }

    private static async Task<IResult> List(Guid id, HttpContext http, WebhookQueries webhooks, Cursors cursors)
    {
        var account = http.Credential().AccountId;
        if (await webhooks.Find(account, id, http.RequestAborted) is null) return WebhooksApi.Missing;
        var fields = Fields.Of(http.Request.Query);
        var status = fields.Choice("status", DeliveryStatus.All);
        // Positions of one webhook mean nothing at another.
        var query = ListQuery.Read(http, $"{WebhookQueries.DeliveriesName}:{id}", cursors, fields.Errors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var before = query.Value.Position is { } position ? long.Parse(position, CultureInfo.InvariantCulture) : (long?)null;
        return ApiAnswers.Page(await webhooks.Deliveries(account, id, status, before, query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Again(Guid id, Guid deliveryId, HttpContext http, Redeliver redeliver, WebhookQueries webhooks)
    {
        var account = http.Credential().AccountId;
        if (await redeliver.Run(account, id, deliveryId, http.RequestAborted) is { } refusal) return ApiAnswers.Refuse(refusal);
        return await webhooks.Delivery(account, id, deliveryId, http.RequestAborted) is { } delivery
            ? ApiAnswers.Data(delivery.Delivery) : ApiAnswers.Refuse(Refusal.NotFound("The delivery"));
    }
}
