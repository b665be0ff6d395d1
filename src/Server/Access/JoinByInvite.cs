using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Jobs;
using Rpd.Server.Plans;
using Rpd.Shared;

namespace Rpd.Server.Access;

/// <summary>What stands between an invitation and an account; <see cref="Fine"/> when nothing does.</summary>
public enum InviteState { Fine, Unknown, Used, Expired, AlreadyHere }

/// <summary>
/// Opens the account that an invitation is for. Its address needs no other letter: only its mailbox had the link. Once, also when the form comes twice at once.
/// </summary>
public sealed class JoinByInvite(AppDb db, InviteLink links, NewAccount newAccount, Passwords passwords, WelcomeAccount welcome, JobBell bell, TimeProvider time)
{
    /// <summary>The address that an invitation is for, and whether it still works.</summary>
    public async Task<(InviteState State, string Email)> Look(string? token, CancellationToken cancel)
    {
        if (links.Read(token) is not { } id || await db.Invites.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } invite) return (InviteState.Unknown, "");
        if (invite.UsedAt is not null) return (InviteState.Used, invite.Email);
        if (invite.ExpiresAt <= time.GetUtcNow()) return (InviteState.Expired, invite.Email);
        var normalized = EmailAddress.Normalized(invite.Email);
        return (await db.Accounts.AnyAsync(row => row.NormalizedEmail == normalized && row.EmailConfirmed, cancel) ? InviteState.AlreadyHere : InviteState.Fine, invite.Email);
    }

    /// <returns>Null when the invitation does not work, or not any more: <see cref="Look"/> says why.</returns>
    public async Task<Outcome<Account?>> Run(string? token, string? password, IPAddress? address, CancellationToken cancel)
    {
        var (state, email) = await Look(token, cancel);
        if (state != InviteState.Fine) return default;
        if (PasswordRule.Wrong(password, email) is { } weak) return Refusal.Invalid("password", weak);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Open(links.Read(token)!.Value, email, password!, address, cancel);
            }
            catch (DbUpdateException e) when (attempt < 5 && (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }))
            {
                // Somebody signed up with this address, or took this handle, in the same instant.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<Account?> Open(Guid id, string email, string password, IPAddress? address, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Invites.Where(row => row.Id == id && row.UsedAt == null && row.ExpiresAt > now).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancel) == 0) return null;
        var normalized = EmailAddress.Normalized(email);
        var account = await db.Accounts.SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancel);
        if (account is { EmailConfirmed: true }) return null;
        if (account is null) account = await newAccount.Add(email, password, PlanList.Free, Account.User, confirmed: false, cancel);
        else
        {
            // Begun by anybody and confirmed by nobody: it is whose mailbox it names, and of what was typed before nothing counts.
            (account.PasswordHash, account.SecurityStamp, account.ConcurrencyStamp) = (await passwords.Hash(password, cancel), NewAccount.NewStamp(), NewAccount.NewStamp());
        }
        await db.SaveChangesAsync(cancel);
        await welcome.Run(account, address, cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return account;
    }
}
