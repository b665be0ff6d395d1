using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;

namespace Rpd.Server.Audit;

/// <summary>Who changes something, and from where.</summary>
public sealed record Actor(Guid AccountId, string? Address)
{
    /// <param name="account">Whose session or key it is.</param>
    public static Actor Of(HttpContext http, Guid account) => new(account, Network.Text(http.Connection.RemoteIpAddress));
}

/// <summary>Puts the audit row beside the change that it tells of: whoever saves the change saves both.</summary>
public sealed class RecordAudit(AppDb db, TimeProvider time)
{
    /// <summary>What was, or is, as a row keeps it.</summary>
    public static string Json(object value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    /// <param name="before">JSON, as <paramref name="after"/>.</param>
    public async Task Add(Actor by, string action, string target, string? before, string? after, CancellationToken cancel)
    {
        var account = await db.Accounts.AsNoTracking().Where(row => row.Id == by.AccountId).Select(row => new { row.Handle, row.Email }).SingleAsync(cancel);
        var now = time.GetUtcNow();
        db.AuditEntries.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            AccountId = by.AccountId,
            Actor = $"@{account.Handle} {account.Email}",
            Action = action,
            Target = target,
            Before = before,
            After = after,
            Address = by.Address,
        });
    }
}
