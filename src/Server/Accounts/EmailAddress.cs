using System.Net.Mail;
using System.Text;

namespace Rpd.Server.Accounts;

/// <summary>Reading e-mail addresses.</summary>
public static class EmailAddress
{
    public const int LengthMax = 254;

    /// <summary>
    /// Trimmed, and plain enough for a letter's header; null when it is no address of one mailbox. Before the @ it is ASCII: few mail servers take more, and
    /// of letters that look alike, or fold to the same capital, nobody should make an account that passes for another's.
    /// </summary>
    public static string? Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length is > 2 and <= LengthMax && !trimmed.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '"' or '<' or '>' or ',' or ';')
            && MailAddress.TryCreate(trimmed, out var address) && address.Address == trimmed && address.User.Length <= 64 && Ascii.IsValid(address.User)
            && Uri.CheckHostName(address.Host) == UriHostNameType.Dns
                ? trimmed : null;
    }

    /// <summary>As accounts are looked up by it: case does not matter.</summary>
    public static string Normalized(string email) => email.ToUpperInvariant();

    /// <summary>
    /// The same for every spelling that reaches one mailbox: case, what follows a plus, and dots are left out. Dots matter at a few hosts;
    /// there the price is one welcome grant for two people, elsewhere the gain is one grant for one person.
    /// </summary>
    public static string Mailbox(string email)
    {
        var at = email.LastIndexOf('@');
        var host = email[(at + 1)..].ToLowerInvariant();
        var user = email[..at].ToLowerInvariant().Split('+')[0].Replace(".", "", StringComparison.Ordinal);
        return $"{user}@{(host == "googlemail.com" ? "gmail.com" : host)}";
    }
}
