using Rpd.Shared.Events;
using Rpd.Shared.Webhooks;
using Rpd.Web.Ui;

namespace Rpd.Web.Webhooks;

public static class WebhookWords
{
    /// <summary>What an event tells, beside its name.</summary>
    public static string Meaning(string name) => name switch
    {
        EventNames.GenerationCompleted => "something is made",
        EventNames.GenerationFailed => "something could not be made, its credits came back",
        EventNames.CreditsLow => "the balance fell below the line",
        _ => "",
    };

    public static string Wait(TimeSpan wait) => wait.TotalMinutes < 1 ? $"{wait.TotalSeconds:0} s" : wait.TotalHours < 1 ? $"{wait.TotalMinutes:0} min" : $"{wait.TotalHours:0} h";

    public static string Status(string status) => status switch
    {
        WebhookStatus.Active => "On",
        WebhookStatus.Disabled => "Off",
        _ => Words.Sentence(status),
    };

    public static string Delivery(DeliveryView delivery) => delivery switch
    {
        { Status: DeliveryStatus.Pending, Attempt: 0 } => "On its way",
        { Status: DeliveryStatus.Pending } => "Retrying",
        _ => Words.Sentence(delivery.Status),
    };

    public static string? Tag(string status) => status switch
    {
        DeliveryStatus.Delivered or WebhookStatus.Active => "tag-good",
        DeliveryStatus.Failed or WebhookStatus.Paused => "tag-bad",
        _ => null,
    };

    /// <summary>"98 % of the latest 120"; null when nothing has ended yet.</summary>
    public static string? Rate(WebhookHealth health)
    {
        var ended = health.Delivered + health.Failed;
        if (ended == 0)
            return null;
        // Rounded down, so that one failure of a thousand is not a hundred per cent.
        return $"{health.Delivered * 100L / ended} % of the latest {Words.Number(ended)} delivered";
    }
}
