using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Rpd.Server.Accounts;

/// <summary>
/// The secrets in mailed links. They are sealed, not stored: one names its account, its end and the stamp that the account had, so using one
/// (which changes the stamp, or the address's state) or changing the password makes it worthless.
/// </summary>
public sealed class MailedTokens(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan ConfirmLife = TimeSpan.FromHours(24), ResetLife = TimeSpan.FromHours(1);

    public const string Confirm = "confirm", Reset = "reset", Keep = "keep";

    public string Issue(string purpose, Account account)
    {
        var now = time.GetUtcNow();
        // Who leaves may come back until the end of that time.
        var end = purpose switch { Reset => now + ResetLife, Keep => account.DeleteAfter ?? now, _ => now + ConfirmLife };
        return Protector(purpose).Protect(string.Create(CultureInfo.InvariantCulture, $"{account.Id} {end.UtcTicks} {account.SecurityStamp}"));
    }

    public bool Fits(string purpose, Account account, string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 2000) return false;
        try
        {
            return Protector(purpose).Unprotect(token).Split(' ') is [var id, var end, var stamp]
                && id == account.Id.ToString() && stamp == account.SecurityStamp && long.Parse(end, CultureInfo.InvariantCulture) > time.GetUtcNow().UtcTicks;
        }
        catch (CryptographicException)
        {
            // Mistyped, cut off or made up: it fits nothing.
            return false;
        }
    }

    private IDataProtector Protector(string purpose) => protection.CreateProtector("mailed-link", purpose);
}
