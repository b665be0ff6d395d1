using Microsoft.EntityFrameworkCore;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Server.Outbound;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Reading needs the scope <c>read</c>; changing, and whatever shows a secret, <c>generate</c>: they tell what was generated.</summary>
public static class WebhooksApi
{
    public static void MapWebhooksApi(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").NotByLimited();
        webhooks.MapGet("", List).Needs(Scopes.Read)
            .Describe("List webhooks", "Newest first, without their secrets.").GivesPage<WebhookView>();
        webhooks.MapPost("", Create).Needs(Scopes.Generate)
            .Describe("Create a webhook", "The secret is in this answer and never again. Messages are signed as Standard Webhooks ask, and with `X-Webhook-Signature`, the hex HMAC-SHA256 of the body.")
            .Takes<NewWebhookBody>("""{"url":"https://example.com/hook","events":["generation.completed","generation.failed"]}""")
            .Gives<WebhookView>(201, """{"secret":"whsec_…"}""").Refuses("CONFLICT");
        webhooks.MapGet("/secret", async (HttpContext http, WebhookQueries all, WebhookSecrets secrets) =>
            Secretly(http, await all.DefaultSecret(http.Credential().AccountId, secrets, http.RequestAborted))).Needs(Scopes.Generate).SecretFromLimited()
            .Describe("Get the default secret", "It signs what a request's own `webhookUrl` is told.").Gives<DefaultSecretView>();
        webhooks.MapPost("/secret/rotate", RotateDefault).Needs(Scopes.Generate)
            .Describe("Rotate the default secret", "During the overlap messages carry both signatures.")
            .Takes<SecretRotationBody>("""{"overlapHours":24}""", optional: true).Gives<DefaultSecretView>(example: """{"oldSecretUntil":"2026-03-21T12:00:00Z"}""");
        webhooks.MapGet("/{id:guid}", async (Guid id, HttpContext http, WebhookQueries all) =>
            await all.Find(http.Credential().AccountId, id, http.RequestAborted) is { } found ? ApiAnswers.Data(found) : Missing).Needs(Scopes.Read)
            .Describe("Get a webhook", "Without its secret.").Gives<WebhookView>();
        webhooks.MapPatch("/{id:guid}", Change).Needs(Scopes.Generate)
            .Describe("Change a webhook", "Made active again, it starts with a clean record; what it missed is in the events feed.")
            .Takes<WebhookChangesBody>("""{"status":"active"}""").Gives<WebhookView>();
        webhooks.MapDelete("/{id:guid}", Delete).Needs(Scopes.Generate)
            .Describe("Delete a webhook", "What still waits for it is cancelled.").Gives<WebhookView>();
        webhooks.MapPost("/{id:guid}/test", Test).Needs(Scopes.Generate)
            .Describe("Test a webhook", "Sends a `webhook.test` once, whatever the webhook's state. The answer is its delivery: look at it again after a moment.")
            .Gives<DeliveryView>(201, """{"event":"webhook.test","test":true,"status":"pending","attempt":0,"responseStatus":null,"latencyMs":null,"nextAttemptAt":"2026-03-20T12:00:00Z"}""");
        webhooks.MapPost("/{id:guid}/rotate", Rotate).Needs(Scopes.Generate)
            .Describe("Rotate a webhook's secret", "The new one is in this answer and never again. During the overlap `webhook-signature` carries both signatures; `X-Webhook-Signature` stays with the old secret.")
            .Takes<SecretRotationBody>("""{"overlapHours":24}""", optional: true).Gives<WebhookView>(example: """{"secret":"whsec_…","oldSecretUntil":"2026-03-21T12:00:00Z"}""");
        webhooks.MapDeliveriesApi();
    }

    internal static IResult Missing => ApiAnswers.Refuse(Refusal.NotFound("The webhook"));

    private static async Task<IResult> List(HttpContext http, WebhookQueries webhooks, Cursors cursors)
    {
        var query = ListQuery.Read(http, WebhookQueries.ListName, cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        return ApiAnswers.Page(await webhooks.List(
            http.Credential().AccountId, query.Value.Position is { } position ? Guid.Parse(position) : null, query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Create(HttpContext http, CreateWebhook create, OutboundRules rules)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var wish = WebhookWish.Read(fields, body.Value.Object, rules, whole: true);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var made = await create.Run(http.Credential().AccountId, wish, http.RequestAborted);
        if (made.Declined) return ApiAnswers.Refuse(made.Refusal);
        http.Response.Headers.Location = $"{Api.Prefix}/webhooks/{made.Value.Id}";
        return Secretly(http, made.Value, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Change(Guid id, HttpContext http, ChangeWebhook change, OutboundRules rules)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var wish = WebhookWish.Read(fields, body.Value.Object, rules, whole: false);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var changed = await change.Run(http.Credential().AccountId, id, wish, http.RequestAborted);
        return changed.Declined ? ApiAnswers.Refuse(changed.Refusal) : ApiAnswers.Data(changed.Value);
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, DeleteWebhook delete) =>
        await delete.Run(http.Credential().AccountId, id, http.RequestAborted) is { } gone ? ApiAnswers.Data(gone) : Missing;

    private static async Task<IResult> Test(Guid id, HttpContext http, TestWebhook test, WebhookQueries webhooks)
    {
        var account = http.Credential().AccountId;
        if (await test.Run(account, id, http.RequestAborted) is not { } delivery) return Missing;
        http.Response.Headers.Location = $"{Api.Prefix}/webhooks/{id}/deliveries/{delivery}";
        return await webhooks.Delivery(account, id, delivery, http.RequestAborted) is { } made ? ApiAnswers.Data(made.Delivery, StatusCodes.Status201Created) : Missing;
    }

    private static async Task<IResult> Rotate(Guid id, HttpContext http, RotateWebhookSecret rotate)
    {
        var overlap = await Overlap(http);
        if (overlap.Declined) return ApiAnswers.Refuse(overlap.Refusal);
        var rotated = await rotate.Run(http.Credential().AccountId, id, overlap.Value, http.RequestAborted);
        return rotated.Declined ? ApiAnswers.Refuse(rotated.Refusal) : Secretly(http, rotated.Value);
    }

    private static async Task<IResult> RotateDefault(HttpContext http, RotateWebhookSecret rotate)
    {
        var overlap = await Overlap(http);
        return overlap.Declined ? ApiAnswers.Refuse(overlap.Refusal) : Secretly(http, await rotate.OfAccount(http.Credential().AccountId, overlap.Value, http.RequestAborted));
    }

    /// <summary>The body may be left out.</summary>
    private static async Task<Outcome<long>> Overlap(HttpContext http)
    {
        if (http.Request.ContentLength is not > 0 && http.Request.ContentType is null) return RotateWebhookSecret.OverlapHours;
        var body = await JsonBody.Read(http);
        if (body.Declined) return body.Refusal;
        var fields = body.Value.Fields;
        var hours = fields.Integer("overlapHours", 0, RotateWebhookSecret.OverlapHoursMax) ?? RotateWebhookSecret.OverlapHours;
        return fields.Refusal is { } wrong ? wrong : hours;
    }

    /// <summary>A secret is in the answer: no cache keeps it.</summary>
    private static IResult Secretly<T>(HttpContext http, T data, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "no-store";
        return ApiAnswers.Data(data, status);
    }
}
