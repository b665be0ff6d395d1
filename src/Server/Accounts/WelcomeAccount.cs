using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rpd.Server.Credits;
using Rpd.Server.Events;
using Rpd.Server.Mail;

namespace Rpd.Server.Accounts;

/// <summary>
/// What happens once, when an address is proved: the account opens, and its mailbox gets the welcome credits if it never had them and its network
/// has not had its share of the day. All in the caller's transaction.
/// </summary>
public sealed class WelcomeAccount(AppDb db, CreditLedger ledger, AccountLetters letters, LetterSeal seal, IOptions<CreditOptions> credits, TimeProvider time)
{
    public async Task Run(Account account, IPAddress? address, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // Of two links opened at once, one finds the row changed and leaves the rest to the other.
        var first = await db.Accounts.Where(row => row.Id == account.Id && !row.EmailConfirmed)
            // With a new stamp, so that a sign-up which has read the row before must look again and does not touch what is somebody's now.
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EmailConfirmed, true).SetProperty(row => row.ConcurrencyStamp, NewAccount.NewStamp()), cancel);
        if (first == 0) return;
        var granted = await Grant(account, Network.Of(address), DateOnly.FromDateTime(now.UtcDateTime), cancel) ? credits.Value.Welcome : 0;
        db.Add(new Event { AccountId = account.Id, Name = "account.confirmed", SubjectId = account.Id, Data = JsonSerializer.SerializeToElement(new { credits = granted }), At = now });
        db.Add(seal.Job(letters.Welcome(account, granted)));
        await db.SaveChangesAsync(cancel);
    }

    private async Task<bool> Grant(Account account, string network, DateOnly day, CancellationToken cancel)
    {
        if (credits.Value.Welcome <= 0) return false;
        // Accounts of one network and day queue up here, each seeing what the one before it has committed: counting is exact.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"welcome:{network}:{day:O}"}, 0))", cancel);
        if (await db.WelcomeGrants.CountAsync(grant => grant.Network == network && grant.Day == day, cancel) >= credits.Value.WelcomePerNetworkPerDay) return false;
        var mailbox = EmailAddress.Mailbox(account.Email!);
        var won = await db.Database.ExecuteSqlAsync(
            $"insert into welcome_grants (mailbox, account_id, network, day) values ({mailbox}, {account.Id}, {network}, {day}) on conflict do nothing", cancel);
        return won == 1 && await ledger.Grant(db, account.Id, credits.Value.Welcome, Bucket.Promo, $"welcome:{mailbox}", "Welcome credits", cancel) is not null;
    }
}
