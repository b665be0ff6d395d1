using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Server.Outbound;
using Rpd.Shared;
using Rpd.Shared.Webhooks;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Webhooks;

/// <summary>The pages of webhooks. They call what the API calls; a new secret survives the redirect in a sealed cookie and is shown once.</summary>
public static class WebhookPages
{
    internal const string NewSecret = "new-webhook-secret", Said = "webhook-said";

    public static void MapWebhookPages(this RouteGroupBuilder pages)
    {
        var webhooks = pages.MapGroup("/webhooks").RequireAuthorization();
        webhooks.MapGet("", (HttpContext http, DrawWebhooks draw) => draw.List(http));
        webhooks.MapForm("", Create);
        webhooks.MapPost("/secret/rotate", RotateDefault);
        webhooks.MapGet("/secret/rotate", () => See("/webhooks"));
        var one = webhooks.MapGroup("/{id:guid}");
        one.MapGet("", (Guid id, HttpContext http, DrawWebhooks draw) => draw.One(http, id));
        one.MapForm("", Change);
        one.MapPost("/enable", (Guid id, HttpContext http, ChangeWebhook change) => Switch(id, WebhookStatus.Active, http, change));
        one.MapPost("/disable", (Guid id, HttpContext http, ChangeWebhook change) => Switch(id, WebhookStatus.Disabled, http, change));
        one.MapPost("/rotate", Rotate);
        one.MapPost("/delete", async (Guid id, HttpContext http, DeleteWebhook delete) =>
            await delete.Run(http.User.AccountId()!.Value, id, http.RequestAborted) is null ? Results.NotFound() : See("/webhooks"));
        one.MapGet("/{verb}", (Guid id, string verb) => See($"/webhooks/{id}"));
        webhooks.MapDeliveryPages(one);
    }

    private static async Task<IResult> Create([FromForm] WebhookForm? form, HttpContext http, CreateWebhook create, OutboundRules rules, Flash flash, DrawWebhooks draw)
    {
        var fields = Fields.Of(http.Request.Form);
        var wish = WebhookWish.Read(fields, null, rules, whole: true);
        if (fields.Refusal is { } wrong) return await draw.List(http, form, wrong);
        var made = await create.Run(http.User.AccountId()!.Value, wish, http.RequestAborted);
        if (made.Declined) return await draw.List(http, form, made.Refusal);
        return ShowOnce(http, flash, made.Value.Id, made.Value.Secret!);
    }

    private static async Task<IResult> Change(Guid id, [FromForm] WebhookForm? form, HttpContext http, ChangeWebhook change, OutboundRules rules, Flash flash, DrawWebhooks draw)
    {
        var fields = Fields.Of(http.Request.Form);
        // The form shows the whole webhook: what is empty there is meant to be empty.
        var wish = WebhookWish.Read(fields, null, rules, whole: true);
        if (fields.Refusal is { } wrong) return await draw.One(http, id, form ?? new(), wrong);
        var changed = await change.Run(http.User.AccountId()!.Value, id, wish with { Description = wish.Description ?? "" }, http.RequestAborted);
        if (changed.Declined) return Results.NotFound();
        flash.Give(http, Said, "Saved.");
        return See($"/webhooks/{id}");
    }

    private static async Task<IResult> Switch(Guid id, string status, HttpContext http, ChangeWebhook change) =>
        (await change.Run(http.User.AccountId()!.Value, id, new(null, null, null, status), http.RequestAborted)).Declined ? Results.NotFound() : See($"/webhooks/{id}");

    private static async Task<IResult> Rotate(Guid id, HttpContext http, RotateWebhookSecret rotate, Flash flash, DrawWebhooks draw)
    {
        var fields = Fields.Of(http.Request.Form);
        var hours = Overlap(fields);
        if (fields.Refusal is { } wrong) return await draw.One(http, id, null, wrong);
        var rotated = await rotate.Run(http.User.AccountId()!.Value, id, hours, http.RequestAborted);
        return rotated.Declined ? Results.NotFound() : ShowOnce(http, flash, id, rotated.Value.Secret!);
    }

    private static async Task<IResult> RotateDefault(HttpContext http, RotateWebhookSecret rotate, DrawWebhooks draw)
    {
        var fields = Fields.Of(http.Request.Form);
        var hours = Overlap(fields);
        if (fields.Refusal is { } wrong) return await draw.List(http, null, wrong);
        await rotate.OfAccount(http.User.AccountId()!.Value, hours, http.RequestAborted);
        return See("/webhooks");
    }

    private static long Overlap(Fields fields) => fields.Integer("overlapHours", 0, RotateWebhookSecret.OverlapHoursMax) ?? RotateWebhookSecret.OverlapHours;

    private static IResult ShowOnce(HttpContext http, Flash flash, Guid id, string secret)
    {
        flash.Give(http, NewSecret, JsonSerializer.Serialize(new ShownSecret(id, secret)));
        return See(string.Create(CultureInfo.InvariantCulture, $"/webhooks/{id}"));
    }

    internal sealed record ShownSecret(Guid Webhook, string Secret);
}
