using Microsoft.EntityFrameworkCore;
using Rpd.Shared.Accounts;

namespace Rpd.Server.Accounts;

/// <summary>What an account's owner sees of it.</summary>
public sealed class AccountQueries(AppDb db, TimeProvider time)
{
    private const int SessionsMax = 100;

    public Task<AccountView> Account(Guid id, CancellationToken cancel) =>
        db.Accounts.Where(account => account.Id == id)
            .Select(account => new AccountView(account.Id, account.Email!, account.Handle, account.DisplayName, account.Plan, account.EmailConfirmed, account.CreatedAt))
            .SingleAsync(cancel);

    /// <summary>Those that are signed in, the last seen first.</summary>
    public async Task<IReadOnlyList<SessionView>> Sessions(Guid account, Guid current, CancellationToken cancel)
    {
        var oldest = time.GetUtcNow() - Accounts.Sessions.Life;
        var rows = await db.Sessions.AsNoTracking().Where(row => row.AccountId == account && row.RevokedAt == null && row.LastSeenAt > oldest)
            .OrderByDescending(row => row.LastSeenAt).Take(SessionsMax).ToListAsync(cancel);
        return [.. rows.Select(row => new SessionView(row.Id, Device.InWords(row.UserAgent), row.Address, row.CreatedAt, row.LastSeenAt, row.Id == current))];
    }
}
