using System.Net;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Jobs;

namespace Rpd.Server.Accounts;

/// <summary>
/// Proves an address. Opening the link twice (mail scanners open it first) confirms once and says so twice.
/// </summary>
public sealed class ConfirmEmail(AppDb db, MailedTokens tokens, WelcomeAccount welcome, JobBell bell)
{
    /// <returns>False when the link is not, or no longer, good.</returns>
    public async Task<bool> Run(string? account, string? token, IPAddress? address, CancellationToken cancel)
    {
        if (!Guid.TryParse(account, out var id) || await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } owner) return false;
        if (!tokens.Fits(MailedTokens.Confirm, owner, token)) return false;
        if (owner.EmailConfirmed) return true;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await welcome.Run(owner, address, cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return true;
    }
}
