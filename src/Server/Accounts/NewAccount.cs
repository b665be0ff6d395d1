namespace Rpd.Server.Accounts;

/// <summary>How every account begins, whichever door it comes through.</summary>
public sealed class NewAccount(AppDb db, Passwords passwords, TimeProvider time)
{
    /// <summary>Adds it to the context; the caller saves, in the transaction that has the rest.</summary>
    /// <param name="email">Parsed (<see cref="EmailAddress.Parse"/>).</param>
    /// <param name="password">Null for somebody who signs in elsewhere.</param>
    public async Task<Account> Add(string email, string? password, string plan, string role, bool confirmed, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var account = new Account
        {
            Id = Guid.CreateVersion7(now),
            UserName = email,
            NormalizedUserName = EmailAddress.Normalized(email),
            Email = email,
            NormalizedEmail = EmailAddress.Normalized(email),
            EmailConfirmed = confirmed,
            PasswordHash = password is null ? null : await passwords.Hash(password, cancel),
            SecurityStamp = NewStamp(),
            LockoutEnabled = true,
            Handle = await Names.FreeHandle(db, email, cancel),
            DisplayName = Names.Display(email),
            Plan = plan,
            Role = role,
            CreatedAt = now,
        };
        db.Add(account);
        return account;
    }

    /// <summary>Changes whenever a password or an address does, and with it every link that was mailed before dies.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");
}
