using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Rpd.Server.Accounts;

/// <summary>How often somebody may guess an account's password before it rests.</summary>
public sealed class PasswordTries(AppDb db, IOptions<AccountOptions> options, TimeProvider time)
{
    /// <summary>
    /// Counts the try before it is made, in one statement, so that a burst in parallel cannot slip through. Not waited for on the disk:
    /// the time a known address takes must not differ from an unknown one's, which writes nothing.
    /// </summary>
    public async Task<bool> Take(string normalizedEmail, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var most = options.Value.SignInTriesPerAccount;
        var taken = await db.Database.SqlQuery<Guid>($"""
            with quick as materialized (select set_config('synchronous_commit', 'off', true)),
            found as (
              select id, case when lockout_end < {now} - interval '1 day' then 1 else access_failed_count + 1 end as tries
              from accounts, quick where normalized_email = {normalizedEmail} and (lockout_end is null or lockout_end <= {now}) for update of accounts)
            update accounts a set access_failed_count = tries,
              lockout_end = case when tries % {most} = 0 then {now} + least(interval '1 hour', interval '5 minutes' * power(2, least(tries / {most} - 1, 10))) else a.lockout_end end
            from found where a.id = found.id returning a.id as "Value"
            """).ToListAsync(cancel);
        return taken.Count == 1;
    }

    /// <summary>The password was right.</summary>
    public Task Forget(Guid account, CancellationToken cancel) => db.Accounts.Where(row => row.Id == account)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null), cancel);
}
