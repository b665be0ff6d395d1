using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Makes a webhook and gives its secret out, once.</summary>
public sealed class CreateWebhook(AppDb db, WebhookSecrets secrets, WebhookOptions options, TimeProvider time)
{
    public async Task<Outcome<WebhookView>> Run(Guid account, WebhookWish wish, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Two at once would each count one less.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"webhooks:{account}"}, 0))", cancel);
        if (await db.WebhookEndpoints.CountAsync(webhook => webhook.AccountId == account, cancel) >= options.EndpointsPerAccount)
            return Refusal.Conflict($"An account may have {options.EndpointsPerAccount} webhooks. Delete one that is no longer used.");
        var secret = WebhookSecrets.New();
        var made = new WebhookEndpoint
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            Url = wish.Url!,
            Events = wish.Events!,
            Description = string.IsNullOrEmpty(wish.Description) ? null : wish.Description,
            Status = WebhookStatus.Active,
            Secret = secrets.Seal(secret),
            CreatedAt = now,
        };
        db.Add(made);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return made.View(now, secret);
    }
}
