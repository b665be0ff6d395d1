using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.ApiKeys;
using Rpd.Server.Credits;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Operator;

/// <summary>A confirmed account without a welcome grant, for tests, first steps and guests: the credits it is given are its whole balance.</summary>
public sealed class AddUser(AppDb db, NewAccount newAccount, CreditLedger ledger, TimeProvider time)
{
    /// <param name="ApiKey">The secret; null when no key was wanted.</param>
    /// <param name="TestApiKey">That of a test key, likewise.</param>
    public sealed record Added(Guid UserId, Guid AccountId, string? ApiKey, string? TestApiKey);

    public async Task<Outcome<Added>> Run(NewUserWords asked, CancellationToken cancel)
    {
        Secret? secret = null, testSecret = null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            var account = await newAccount.Add(asked.Email, asked.Password, asked.Plan, asked.Admin ? Account.Admin : Account.User, confirmed: true, cancel);
            if (asked.WithKey)
            {
                IReadOnlyList<string> scopes = asked.Admin ? [.. Scopes.Grantable, Scopes.Admin] : Scopes.Grantable;
                (var key, secret) = CreateKey.New(account.Id, new KeyWish { Name = "From the command line", Scopes = scopes }, time.GetUtcNow());
                (var testKey, testSecret) = CreateKey.New(account.Id, new KeyWish { Name = "Test key from the command line", Scopes = Scopes.Grantable, Prefix = KeyFormat.Test }, time.GetUtcNow());
                db.AddRange(key, testKey);
            }
            await db.SaveChangesAsync(cancel);
            if (asked.Credits > 0) await ledger.Grant(db, account.Id, asked.Credits, Bucket.Purchased, $"operator:{account.Id}", "Given by the operator", cancel);
            await transaction.CommitAsync(cancel);
            return new Added(account.Id, account.Id, secret?.Reveal(), testSecret?.Reveal());
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusal.Conflict($"{asked.Email} has an account already.");
        }
    }
}
