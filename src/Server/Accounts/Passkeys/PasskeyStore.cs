using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Accounts.Passkeys;

/// <summary>What the framework's passkey handler reads of ours. It writes nothing: that is done by the operations beside this file.</summary>
public sealed class PasskeyStore(AppDb db) : IUserPasskeyStore<Account>
{
    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancellationToken) : null;

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.NormalizedUserName == normalizedUserName, cancellationToken);

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => await (
        from passkey in db.Passkeys
        where passkey.CredentialId == credentialId
        join account in db.Accounts on passkey.AccountId equals account.Id
        select account).AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await db.Passkeys.AsNoTracking().SingleOrDefaultAsync(passkey => passkey.AccountId == user.Id && passkey.CredentialId == credentialId, cancellationToken))?.ToInfo();

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await db.Passkeys.AsNoTracking().Where(passkey => passkey.AccountId == user.Id).OrderBy(passkey => passkey.CreatedAt).ToListAsync(cancellationToken)).Select(passkey => passkey.ToInfo())];

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedUserName);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
        // The context belongs to the request.
    }
}
