using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.Accounts.Passkeys;

/// <summary>Asks the browser to make a key for the account that is signed in.</summary>
public sealed class BeginPasskey(AppDb db, IPasskeyHandler<Account> handler, Challenges challenges)
{
    public const int Most = 20;

    /// <returns>The options for <c>navigator.credentials.create</c>, as JSON.</returns>
    public async Task<Outcome<string>> Run(HttpContext http, Guid account, CancellationToken cancel)
    {
        if (await db.Passkeys.CountAsync(row => row.AccountId == account, cancel) >= Most) return Refusal.Conflict($"An account can have {Most} passkeys. Remove one first.");
        var owner = await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel);
        var options = await handler.MakeCreationOptionsAsync(new() { Id = account.ToString(), Name = owner.Email!, DisplayName = owner.DisplayName }, http);
        challenges.Give(http, Challenges.Create, options.AttestationState!);
        return options.CreationOptionsJson;
    }
}

/// <summary>Keeps the public half of a key that was just made for the account.</summary>
public sealed class AddPasskey(AppDb db, IPasskeyHandler<Account> handler, Challenges challenges, AccountLetters letters, LetterSeal seal, JobBell bell, TimeProvider time)
{
    private static readonly Refusal Failed = Refusal.Invalid("", "The passkey could not be added. Try again.");

    /// <param name="credential">What the browser answered, as JSON.</param>
    /// <param name="name">Empty for <paramref name="usualName"/>.</param>
    public async Task<Outcome<Guid>> Run(HttpContext http, Guid account, string? credential, string? name, string usualName, CancellationToken cancel)
    {
        var called = PasskeyNames.Read(name, usualName);
        if (called.Declined) return called.Refusal;
        if (await challenges.Take(http, Challenges.Create, cancel) is not { } state || string.IsNullOrEmpty(credential)) return Failed;
        var result = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != account.ToString()) return Failed;
        var made = result.Passkey;
        var now = time.GetUtcNow();
        var passkey = new Passkey
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            CredentialId = made.CredentialId,
            PublicKey = made.PublicKey,
            Name = called.Value,
            SignCount = made.SignCount,
            Transports = made.Transports ?? [],
            BackupEligible = made.IsBackupEligible,
            BackedUp = made.IsBackedUp,
            Attestation = made.AttestationObject,
            ClientData = made.ClientDataJson,
            CreatedAt = now,
        };
        db.Add(passkey);
        db.Add(seal.Job(letters.PasskeyAdded(await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel), passkey.Name)));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same key from two tabs at once.
            return Failed;
        }
        bell.Ring(Lanes.Quick);
        return passkey.Id;
    }
}
