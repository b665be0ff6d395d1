using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Plans;

namespace Rpd.Server.ApiKeys.External;

/// <summary>
/// The account of somebody who is signed in elsewhere. It has no password and an address that no mail reaches, and gets no welcome credits: those are for a
/// mailbox that was proved to us.
/// </summary>
public sealed class OpenExternalAccount(AppDb db, NewAccount newAccount)
{
    private const int TriesMax = 5;

    public async Task Run(ExternalIdentity identity, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var account = await newAccount.Add(Address(identity), null, PlanList.Free, Account.User, confirmed: true, cancel);
                db.Add(new IdentityUserLogin<Guid> { LoginProvider = identity.Issuer, ProviderKey = identity.Subject, UserId = account.Id });
                await db.SaveChangesAsync(cancel);
                return;
            }
            catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // A twin opened it, or took this handle, in the same instant.
                db.ChangeTracker.Clear();
                if (await db.UserLogins.AnyAsync(login => login.LoginProvider == identity.Issuer && login.ProviderKey == identity.Subject, cancel)) return;
                if (attempt == TriesMax) throw;
            }
        }
    }

    /// <summary>The same for the same identity. <c>.invalid</c> is reserved: it is nobody's.</summary>
    internal static string Address(ExternalIdentity identity) =>
        $"artist+{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity.Issuer}\n{identity.Subject}")).AsSpan(0, 16))}@{Unreachable}";

    /// <summary>Whoever came by a session of elsewhere has no address that letters reach.</summary>
    public static bool HasNoMailbox(string email) => email.EndsWith("@" + Unreachable, StringComparison.Ordinal);

    private const string Unreachable = "sessions.invalid";
}
