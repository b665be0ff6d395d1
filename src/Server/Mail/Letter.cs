using System.Net.Mail;

namespace Rpd.Server.Mail;

/// <summary>One mail to one person. Its text must do without the HTML.</summary>
public sealed record Letter
{
    public Letter(string to, string subject, string text, string html)
    {
        // A line break in a header would begin a header of somebody else's choosing.
        if (to.Any(char.IsControl) || !MailAddress.TryCreate(to, out var address) || address.Address != to)
            throw new ArgumentException("Not one plain address.", nameof(to));
        if (subject.Any(char.IsControl)) throw new ArgumentException("A subject is one line.", nameof(subject));
        (To, Subject, Text, Html) = (to, subject, text, html);
    }

    public string To { get; }

    public string Subject { get; }

    public string Text { get; }

    public string Html { get; }

    /// <summary>Where a mail program posts to when its reader wants no more of these; null for letters that everybody gets.</summary>
    public string? Unsubscribe { get; init; }
}

/// <summary>Takes a letter out of the house. May be asked twice for the same letter after a crash: a second copy is better than none.</summary>
public interface IMail
{
    Task Send(Letter letter, CancellationToken cancel);
}
