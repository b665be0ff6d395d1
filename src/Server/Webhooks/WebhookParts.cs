namespace Rpd.Server.Webhooks;

/// <summary>
/// Endpoints of accounts that are told of events. <c>event_record</c> writes a delivery with the event; <see cref="DeliverWebhooks"/> tries it, on a schedule
/// of three days, until the receiver has taken it.
/// </summary>
public static class WebhookParts
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<WebhookOptions>(settings, "Webhooks");
        services.AddScoped<CreateWebhook>().AddScoped<ChangeWebhook>().AddScoped<DeleteWebhook>().AddScoped<DrawWebhooks>().AddScoped<RotateWebhookSecret>().AddScoped<WebhookQueries>();
        services.AddSingleton<TestWebhook>().AddSingleton<Redeliver>().AddSingleton<RedeliverFailed>().AddSingleton<ForgetDeliveries>();
        services.AddSingleton<WebhookSecrets>().AddSingleton<DeliveryQueue>().AddSingleton<AttemptDelivery>();
        services.AddSingleton<NotifyOwner>().AddSingleton<JudgeWebhooks>().AddSingleton<RecordAttempts>();
        return services.AddHostedService<DeliverWebhooks>();
    }
}
