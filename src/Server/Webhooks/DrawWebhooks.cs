using System.Globalization;
using System.Text.Json;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Events;
using Rpd.Shared.Webhooks;
using Rpd.Web.Webhooks;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Webhooks;

/// <summary>Draws the pages of webhooks in any of their states. What they show may be secret: no cache keeps them.</summary>
public sealed class DrawWebhooks(WebhookQueries webhooks, WebhookSecrets secrets, WebhookOptions options, Cursors cursors, Flash flash, PublicAddress address)
{
    private const int PageSize = 50;

    private static readonly WebhookForm Fresh = new() { Events = [.. EventNames.All] };

    public async Task<IResult> List(HttpContext http, WebhookForm? form = null, Refusal? refusal = null)
    {
        var account = http.User.AccountId()!.Value;
        Secretly(http);
        var (before, cursor) = Position(http, WebhookQueries.ListName);
        var page = await webhooks.List(account, before is null ? null : Guid.Parse(before), PageSize, http.RequestAborted);
        var health = await webhooks.Health(account, http.RequestAborted);
        var lines = page.Items.Select(webhook => new WebhookLine(webhook, health.GetValueOrDefault(webhook.Id, WebhookHealth.None))).ToList();
        var requests = await webhooks.Deliveries(account, null, null, null, 1, http.RequestAborted);
        return Page<WebhooksPage>(new WebhooksModel(new(lines, page.NextCursor), cursor, form ?? Fresh, Errors(refusal),
            await webhooks.DefaultSecret(account, secrets, http.RequestAborted), requests.Items.Count > 0, Retries), Status(refusal));
    }

    public async Task<IResult> One(HttpContext http, Guid id, WebhookForm? form = null, Refusal? refusal = null)
    {
        var account = http.User.AccountId()!.Value;
        if (await webhooks.Find(account, id, http.RequestAborted) is not { } webhook) return Results.NotFound();
        Secretly(http);
        var (status, before, cursor) = Log(http, id);
        var health = await webhooks.Health(account, http.RequestAborted);
        var deliveries = await webhooks.Deliveries(account, id, status, before, PageSize, http.RequestAborted);
        var shown = flash.Take(http, WebhookPages.NewSecret) is { } sealedText ? JsonSerializer.Deserialize<WebhookPages.ShownSecret>(sealedText) : null;
        return Page<WebhookPage>(new WebhookModel(webhook, health.GetValueOrDefault(id, WebhookHealth.None), new(deliveries, status, cursor),
            form ?? new() { Url = webhook.Url, Events = [.. webhook.Events], Description = webhook.Description }, Errors(refusal),
            shown?.Webhook == id ? shown.Secret : null, flash.Take(http, WebhookPages.Said), Retries, options.PauseAfterDays), Status(refusal));
    }

    public async Task<IResult> Requests(HttpContext http)
    {
        var (status, before, cursor) = Log(http, null);
        var deliveries = await webhooks.Deliveries(http.User.AccountId()!.Value, null, status, before, PageSize, http.RequestAborted);
        return Page<RequestDeliveriesPage>(new RequestDeliveriesModel(new(deliveries, status, cursor), Retries));
    }

    public async Task<IResult> Delivery(HttpContext http, Guid? webhook, Guid id)
    {
        var account = http.User.AccountId()!.Value;
        if (await webhooks.Delivery(account, webhook, id, http.RequestAborted) is not { } found) return Results.NotFound();
        var url = webhook is { } of ? (await webhooks.Find(account, of, http.RequestAborted))?.Url : found.Delivery.Url;
        return url is null ? Results.NotFound() : Page<DeliveryPage>(new DeliveryModel(webhook, url, found, flash.Take(http, WebhookPages.Said)));
    }

    private RetryPlan Retries => new(RetrySchedule.Delays, options.Timeout, address.Base);

    private (string? Status, long? Before, string? Cursor) Log(HttpContext http, Guid? webhook)
    {
        var status = http.Request.Query["status"].FirstOrDefault();
        var (before, cursor) = Position(http, $"{WebhookQueries.DeliveriesName}:{webhook}");
        return (status is not null && DeliveryStatus.All.Contains(status) ? status : null, before is null ? null : long.Parse(before, CultureInfo.InvariantCulture), cursor);
    }

    private (string? Position, string? Cursor) Position(HttpContext http, string list) =>
        http.Request.Query["cursor"].FirstOrDefault() is { } cursor && cursors.Read(list, cursor) is { } position ? (position, cursor) : (null, null);

    private static void Secretly(HttpContext http) => http.Response.Headers.CacheControl = "no-store";

    private static FormErrors Errors(Refusal? refusal) => refusal is null ? FormErrors.None : FormErrors.Of(refusal);

    private static int Status(Refusal? refusal) => refusal is null ? 200 : StatusOf(refusal);
}
