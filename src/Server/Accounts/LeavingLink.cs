using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Accounts;

/// <summary>The way to the page where somebody who leaves may still stay: from their letter, or after their password.</summary>
public sealed class LeavingLink(AppDb db, MailedTokens tokens)
{
    public const string Path = "/leaving";

    /// <param name="account">With its <see cref="Account.DeleteAfter"/>.</param>
    public static string To(MailedTokens tokens, Account account) =>
        $"{Path}?account={account.Id}&token={Uri.EscapeDataString(tokens.Issue(MailedTokens.Keep, account))}";

    /// <summary>For somebody who has just entered the right password of an account that leaves.</summary>
    public async Task<string> For(string? email, CancellationToken cancel)
    {
        var normalized = EmailAddress.Normalized(EmailAddress.Parse(email) ?? "");
        return To(tokens, await db.Accounts.AsNoTracking().SingleAsync(row => row.NormalizedEmail == normalized, cancel));
    }
}
