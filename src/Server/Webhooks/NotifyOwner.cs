using Npgsql;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Server.Notifications;
using Rpd.Shared.Notifications;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Tells the owner that a webhook receives nothing any more: by a notification and a letter, in the transaction that stopped it.</summary>
public sealed class NotifyOwner(LetterSeal seal, Unsubscribe unsubscribe, PublicAddress address)
{
    public async Task Run(NpgsqlTransaction within, StoppedWebhook webhook, DateTimeOffset now, CancellationToken cancel)
    {
        var (kind, word) = webhook.Status == WebhookStatus.Paused ? (NotificationKinds.WebhookPaused, "paused") : (NotificationKinds.WebhookDisabled, "disabled");
        var host = new Uri(webhook.Url).Host;
        await Notify.Write(within, new Notice(webhook.Account, kind, $"{kind}:{webhook.Id}", $"Your webhook to {host} was {word}. {webhook.Reason}", "/webhooks", OwnLetter: true), now, cancel);
        await using var email = new NpgsqlCommand("""
            select a.email from accounts a left join notification_preferences p on p.account_id = a.id and p.kind = $2 where a.id = $1 and a.status = 'active' and coalesce(p.email, $3)
            """, within.Connection, within);
        email.Parameters.AddWithValue(webhook.Account);
        email.Parameters.AddWithValue(kind);
        email.Parameters.AddWithValue(NotificationKind.Find(kind)?.EmailByDefault ?? false);
        if (await email.ExecuteScalarAsync(cancel) is not string to || OpenExternalAccount.HasNoMailbox(to)) return;
        await InsertJob.Run(within, seal.Job(unsubscribe.Offer(webhook.Account, kind, to, $"Your webhook was {word}",
            $"We have {word} your webhook to {webhook.Url}, so it is told of nothing any more. {webhook.Reason}",
            "When it works again, set it active, and fetch what it has missed from the events feed (GET /v1/events); it goes back 30 days:",
            address.Link("/webhooks"))), cancel);
    }
}
