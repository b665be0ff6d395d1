using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Live;

namespace Rpd.Server.PersonalData;

/// <summary>Takes the giving up back while there is time. Everything is as it was, but for the sessions, which stay ended.</summary>
public sealed class KeepAccount(AppDb db, MailedTokens tokens, LiveFeed live, TimeProvider time)
{
    /// <summary>The account that the link is for, while it may be kept.</summary>
    public async Task<Account?> Find(string? account, string? token, CancellationToken cancel)
    {
        if (!Guid.TryParse(account, out var id) || await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } owner) return null;
        return owner.Status == Account.Leaving && owner.DeleteAfter > time.GetUtcNow() && tokens.Fits(MailedTokens.Keep, owner, token) ? owner : null;
    }

    /// <returns>False when the link is not, or no longer, good.</returns>
    public async Task<bool> Run(string? account, string? token, CancellationToken cancel)
    {
        if (await Find(account, token, cancel) is not { } owner) return false;
        var now = time.GetUtcNow();
        var kept = await db.Accounts.Where(row => row.Id == owner.Id && row.Status == Account.Leaving && row.DeleteAfter > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, Account.Active).SetProperty(row => row.DeleteAfter, (DateTimeOffset?)null), cancel);
        live.GalleryChanged();
        return kept == 1;
    }
}
