using Microsoft.EntityFrameworkCore;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Deletes a webhook. What still waits for it is cancelled when its time comes.</summary>
public sealed class DeleteWebhook(AppDb db, WebhookQueries webhooks)
{
    /// <returns>As it was; null when the account has none of that id.</returns>
    public async Task<WebhookView?> Run(Guid account, Guid id, CancellationToken cancel)
    {
        if (await webhooks.Find(account, id, cancel) is not { } gone) return null;
        await db.WebhookEndpoints.Where(webhook => webhook.Id == id && webhook.AccountId == account).ExecuteDeleteAsync(cancel);
        return gone;
    }
}
