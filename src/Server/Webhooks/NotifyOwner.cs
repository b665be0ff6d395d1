using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.Http;
using Rpd.Server.Mail;
using Rpd.Server.Notifications;
using Rpd.Shared.Notifications;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Tells the owner that a webhook receives nothing any more: by a notification and a letter, in the transaction that stopped it.</summary>
public sealed class NotifyOwner(LetterSeal seal, PublicAddress address)
{
    public async Task Run(NpgsqlTransaction within, StoppedWebhook webhook, DateTimeOffset now, CancellationToken cancel)
    {
        var (kind, word) = webhook.Status == WebhookStatus.Paused ? (NotificationKinds.WebhookPaused, "paused") : (NotificationKinds.WebhookDisabled, "disabled");
        var host = new Uri(webhook.Url).Host;
        await Notify.Write(within, new Notice(webhook.Account, kind, $"{kind}:{webhook.Id}", $"Your webhook to {host} was {word}. {webhook.Reason}", "/webhooks"), now, cancel);
        await using var email = new NpgsqlCommand("select email from accounts where id = $1 and status = 'active'", within.Connection, within);
        email.Parameters.AddWithValue(webhook.Account);
        if (await email.ExecuteScalarAsync(cancel) is not string to || OpenExternalAccount.HasNoMailbox(to)) return;
        var letter = seal.Job(LetterText.Write(to, $"Your webhook was {word}",
            $"We have {word} your webhook to {webhook.Url}, so it is told of nothing any more. {webhook.Reason}",
            "When it works again, set it active, and fetch what it has missed from the events feed (GET /v1/events); it goes back 30 days:",
            address.Link("/webhooks")));
        await using var job = new NpgsqlCommand(
            "insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at) values ($1, $2, $3, 'ready', now(), $4, $5)", within.Connection, within)
        {
            Parameters =
            {
                new() { Value = letter.Kind }, new() { Value = letter.Lane }, new() { Value = JsonSerializer.Serialize(letter.Args), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = letter.AttemptsMax }, new() { Value = letter.CreatedAt },
            },
        };
        await job.ExecuteNonQueryAsync(cancel);
    }
}
