using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rpd.Shared;

namespace Rpd.Server.Accounts.Passkeys;

/// <summary>Asks the browser for any passkey of this site: which account it is comes with the answer.</summary>
public sealed class AskForPasskey(IPasskeyHandler<Account> handler, Challenges challenges)
{
    /// <returns>The options for <c>navigator.credentials.get</c>, as JSON.</returns>
    public async Task<string> Run(HttpContext http)
    {
        var options = await handler.MakeRequestOptionsAsync(null, http);
        challenges.Give(http, Challenges.Get, options.AssertionState!);
        return options.RequestOptionsJson;
    }
}

/// <summary>Checks a passkey's answer. It stands for both factors: something that one has, and the finger, face or PIN that its device has asked for.</summary>
public sealed class SignInByPasskey(AppDb db, IPasskeyHandler<Account> handler, Challenges challenges, Attempts attempts, IOptions<AccountOptions> options, TimeProvider time)
{
    private static readonly Refusal Wrong = Refusal.Unauthorized("That passkey does not work here. It may have been removed, or the page was open for too long: try again.");

    /// <param name="credential">What the browser answered, as JSON.</param>
    /// <returns>Perhaps an account that leaves: it is asked whether it stays, and not signed in.</returns>
    public async Task<Outcome<Account>> Run(HttpContext http, string? credential, CancellationToken cancel)
    {
        var network = Network.Of(http.Connection.RemoteIpAddress);
        if (attempts.Take("sign-in", network, options.Value.SignInFailuresPerNetwork, TimeSpan.FromMinutes(5)) is { } wait) return LetterLimits.Busy(wait);
        if (await challenges.Take(http, Challenges.Get, cancel) is not { } state || string.IsNullOrEmpty(credential)) return Wrong;
        var result = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded) return Wrong;
        var account = result.User;
        if (account.Status == Account.Deleted || (account.Status == Account.Leaving && account.DeleteAfter <= time.GetUtcNow()) || !await Count(account.Id, result.Passkey, cancel)) return Wrong;
        attempts.GiveBack("sign-in", network);
        return account.Status == Account.Suspended ? Refusal.Forbidden("This account is suspended.") : account;
    }

    /// <summary>A key's counter only goes up: one that stands still is a copy. Keys that are synced between devices do not count and stay at zero.</summary>
    private async Task<bool> Count(Guid account, UserPasskeyInfo used, CancellationToken cancel)
    {
        long count = used.SignCount;
        return await db.Passkeys.Where(row => row.AccountId == account && row.CredentialId == used.CredentialId && (row.SignCount < count || (row.SignCount == 0 && count == 0)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.SignCount, count).SetProperty(row => row.BackedUp, used.IsBackedUp).SetProperty(row => row.LastUsedAt, time.GetUtcNow()), cancel) == 1;
    }
}
