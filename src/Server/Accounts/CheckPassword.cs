using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>The password once more, from somebody who is signed in, before what cannot be undone. Tries are counted: a browser left open must not be a place to guess at.</summary>
public sealed class CheckPassword(AppDb db, Passwords passwords, Attempts attempts)
{
    private const int TriesMax = 10;

    public async Task<Outcome<Account>> Run(Guid account, string? password, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(password)) return Refusal.Invalid("password", "Enter your password.");
        if (attempts.Take("password", account.ToString(), TriesMax, TimeSpan.FromMinutes(15)) is { } wait)
            return Refusal.Invalid("password", string.Create(CultureInfo.InvariantCulture, $"Too many wrong passwords. Please wait {Math.Ceiling(wait.TotalMinutes)} minutes."));
        var owner = await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel);
        if (password.Length > PasswordRule.LengthMax || await passwords.Verify(owner.PasswordHash, password, cancel) == PasswordVerificationResult.Failed)
            return Refusal.Invalid("password", "This is not your password.");
        attempts.GiveBack("password", account.ToString());
        return owner;
    }
}
