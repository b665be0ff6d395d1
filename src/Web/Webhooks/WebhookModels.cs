using Rpd.Shared;
using Rpd.Shared.Webhooks;

namespace Rpd.Web.Webhooks;

/// <param name="Delays">Waits between the attempts.</param>
/// <param name="Timeout">How long a receiver may take.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end.</param>
public sealed record RetryPlan(IReadOnlyList<TimeSpan> Delays, TimeSpan Timeout, string BaseAddress);

public sealed record WebhookLine(WebhookView Webhook, WebhookHealth Health);

/// <param name="Cursor">Where this page starts; null at the top.</param>
/// <param name="Form">Of a new webhook: fresh, or as typed after a refusal.</param>
/// <param name="Requests">Whether any request has named a webhookUrl of its own of late.</param>
public sealed record WebhooksModel(
    Page<WebhookLine> Webhooks, string? Cursor, WebhookForm Form, FormErrors Errors, DefaultSecretView DefaultSecret, bool Requests, RetryPlan Retries);

/// <param name="Status">Which are shown; null for all.</param>
public sealed record DeliveryLog(Page<DeliveryView> Deliveries, string? Status, string? Cursor);

/// <param name="Secret">Just made or rotated: shown once.</param>
/// <param name="Said">What the last form did, in a sentence.</param>
/// <param name="PauseAfterDays">Days of nothing but failure after which we pause it.</param>
public sealed record WebhookModel(
    WebhookView Webhook, WebhookHealth Health, DeliveryLog Log, WebhookForm Form, FormErrors Errors, string? Secret, string? Said, RetryPlan Retries, int PauseAfterDays);

public sealed record RequestDeliveriesModel(DeliveryLog Log, RetryPlan Retries);

/// <param name="Webhook">Null for a request's own webhookUrl.</param>
public sealed record DeliveryModel(Guid? Webhook, string Url, DeliveryDetail Detail, string? Said);
