using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys.UserTokens;

/// <summary>Makes a token for an hour and gives its secret out, once.</summary>
public sealed class MintToken(AppDb db, LetterSeal seal, PublicAddress address, JobBell bell, RevokeTokens revoke, TimeProvider time)
{
    public const int AliveMax = 20;

    /// <param name="name">For people: where it is used.</param>
    /// <param name="tell">Whether its owner gets a letter. Programs that sign in each hour would fill a mailbox.</param>
    /// <param name="renew">Where there are as many as may be, the oldest one of the same name ends: a program that makes one for each of its runs must not lock itself out.</param>
    public async Task<Outcome<UserTokenView>> Run(Guid account, string? name, bool tell, CancellationToken cancel, bool renew = false)
    {
        if (KeyWish.WrongName(name, "token") is { } wrong) return Refusal.Invalid("name", wrong);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Two at once would each count one less.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"tokens:{account}"}, 0))", cancel);
        var owner = await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel);
        if (owner.Status != Account.Active) return Refusal.Forbidden("This account is not active.");
        var stamp = owner.SecurityStamp!;
        var alive = db.Tokens.Where(token => token.AccountId == account && token.RevokedAt == null && token.ExpiresAt > now && token.Stamp == stamp);
        if (await alive.CountAsync(cancel) >= AliveMax && !(renew && await EndOldest(account, alive.Where(token => token.Name == name!.Trim()), cancel)))
            return Refusal.Conflict($"{AliveMax} tokens are alive, which is as many as an account may have. Revoke one, or wait until one ends.");
        var secret = KeyFormat.New(KeyFormat.UserToken);
        var token = new UserToken
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            Name = name!.Trim(),
            Last4 = secret.Reveal()[^4..],
            Hash = secret.Hash(),
            Stamp = stamp,
            CreatedAt = now,
            ExpiresAt = now + UserToken.Life,
        };
        db.Add(token);
        if (tell && !OpenExternalAccount.HasNoMailbox(owner.Email!)) db.Add(seal.Job(Letter(owner.Email!, token)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (tell) bell.Ring(Lanes.Quick);
        return token.View(now, stamp, secret.Reveal());
    }

    private async Task<bool> EndOldest(Guid account, IQueryable<UserToken> those, CancellationToken cancel) =>
        await those.OrderBy(token => token.CreatedAt).ThenBy(token => token.Id).Select(token => (Guid?)token.Id).FirstOrDefaultAsync(cancel) is { } oldest && await revoke.Run(account, oldest, cancel);

    private Letter Letter(string to, UserToken token) => LetterText.Write(to, "A token for your account was made",
        $"The token \"{token.Name}\" (…{token.Last4}) was just made for your RPD Create account. It works for 60 minutes and then ends by itself.",
        "If that was not you, revoke it here, end the sessions that you do not know, and choose a new password, which ends every token:",
        address.Link("/tokens"));
}
