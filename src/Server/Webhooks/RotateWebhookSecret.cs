using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>
/// Gives a webhook, or the account's requests, a new secret. During the overlap messages carry both signatures, so that receivers can be changed in
/// their own time.
/// </summary>
public sealed class RotateWebhookSecret(AppDb db, WebhookSecrets secrets, TimeProvider time)
{
    public const int OverlapHours = 24, OverlapHoursMax = 168;

    public async Task<Outcome<WebhookView>> Run(Guid account, Guid id, long overlapHours, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Locked, so that of two rotations at once the second follows the first.
        var webhook = (await db.WebhookEndpoints.FromSql($"select * from webhook_endpoints where id = {id} and account_id = {account} for update").ToListAsync(cancel)).SingleOrDefault();
        if (webhook is null) return Refusal.NotFound("The webhook");
        var (secret, now) = (WebhookSecrets.New(), time.GetUtcNow());
        (webhook.OldSecret, webhook.OldSecretUntil) = Overlap(webhook.Secret, overlapHours, now);
        webhook.Secret = secrets.Seal(secret);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return webhook.View(now, secret);
    }

    public async Task<DefaultSecretView> OfAccount(Guid account, long overlapHours, CancellationToken cancel)
    {
        await secrets.Default(account, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = (await db.WebhookSecrets.FromSql($"select * from webhook_secrets where account_id = {account} for update").ToListAsync(cancel)).Single();
        var (secret, now) = (WebhookSecrets.New(), time.GetUtcNow());
        (row.OldSecret, row.OldSecretUntil) = Overlap(row.Secret, overlapHours, now);
        row.Secret = secrets.Seal(secret);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new(secret, row.CreatedAt, row.OldSecretUntil);
    }

    private static (string?, DateTimeOffset?) Overlap(string secret, long hours, DateTimeOffset now) => hours == 0 ? (null, null) : (secret, now.AddHours(hours));
}
