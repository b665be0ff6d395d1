using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Rpd.Server.Mail;

/// <summary>Sends through the operator's mail server.</summary>
public sealed class Smtp(SmtpOptions options, MailAddress from) : IMail
{
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    public async Task Send(Letter letter, CancellationToken cancel)
    {
        using var message = new MailMessage(from, new MailAddress(letter.To))
        {
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = letter.Text,
            BodyEncoding = Encoding.UTF8,
        };
        if (letter.Unsubscribe is { } link)
        {
            message.Headers["List-Unsubscribe"] = $"<{link}>";
            message.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        // One connection for each letter: the class cannot send two at once, and a job that fails is tried again by the queue.
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls };
        if (!string.IsNullOrEmpty(options.UserName)) client.Credentials = new NetworkCredential(options.UserName, options.Password);
        // The class's own Timeout is for its synchronous calls; a mail server that says nothing would hold this for ever.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server {options.Host}:{options.Port} has not taken the letter within {Patience.TotalSeconds} s.", e);
        }
    }
}
