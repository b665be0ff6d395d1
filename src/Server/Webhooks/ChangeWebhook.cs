using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Changes a webhook. Made active again, it starts with a clean record; what it missed is in the events feed.</summary>
public sealed class ChangeWebhook(AppDb db, TimeProvider time)
{
    public async Task<Outcome<WebhookView>> Run(Guid account, Guid id, WebhookWish wish, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var webhook = (await db.WebhookEndpoints.FromSql($"select * from webhook_endpoints where id = {id} and account_id = {account} for update").ToListAsync(cancel)).SingleOrDefault();
        if (webhook is null) return Refusal.NotFound("The webhook");
        webhook.Url = wish.Url ?? webhook.Url;
        webhook.Events = wish.Events ?? webhook.Events;
        if (wish.Description is { } description) webhook.Description = description.Length == 0 ? null : description;
        if (wish.Status is { } status && status != webhook.Status) (webhook.Status, webhook.StatusReason, webhook.FailingSince) = (status, null, null);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return webhook.View(time.GetUtcNow());
    }
}
