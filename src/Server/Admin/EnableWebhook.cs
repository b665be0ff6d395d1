using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Shared;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Admin;

/// <summary>Lets a stopped webhook receive again, with a clean record.</summary>
public sealed class EnableWebhook(AppDb db, RecordAudit audit)
{
    public async Task<Outcome<string>> Run(Actor by, Guid id, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var webhook = (await db.WebhookEndpoints.FromSql($"select * from webhook_endpoints where id = {id} for update").ToListAsync(cancel)).SingleOrDefault();
        if (webhook is null) return Refusal.NotFound("The webhook");
        var before = RecordAudit.Json(new { webhook.Status, webhook.StatusReason, webhook.FailingSince });
        (webhook.Status, webhook.StatusReason, webhook.FailingSince) = (WebhookStatus.Active, null, null);
        await audit.Add(by, "webhook.enable", id.ToString(), before, RecordAudit.Json(new { webhook.Status, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return webhook.Url;
    }
}
