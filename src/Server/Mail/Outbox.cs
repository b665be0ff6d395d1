using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Rpd.Server.Mail;

/// <summary>A folder of readable <c>.eml</c> files, for installations without a mail server: the operator reads the links in the log.</summary>
public sealed partial class Outbox(string folder, MailAddress from, TimeProvider time, ILogger<Outbox> log) : IMail
{
    public async Task Send(Letter letter, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmssfff'Z'}-{FileName(letter.To)}");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Written aside first: whoever watches the folder never reads half a letter.
        var partial = Path.Combine(folder, $"{Guid.NewGuid():N}.partial");
        await File.WriteAllTextAsync(partial, Message(letter, now), new UTF8Encoding(false), cancel);
        var file = Path.Combine(folder, name + ".eml");
        for (var twin = 2; !TryMove(partial, file); twin++) file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{twin}.eml"));
        Written(letter.Subject, letter.To, letter.Text.Split('\n').FirstOrDefault(line => line.StartsWith("http", StringComparison.Ordinal)) ?? "-", file);
    }

    /// <summary>False when there is a letter of the same instant already.</summary>
    private static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    private string Message(Letter letter, DateTimeOffset now)
    {
        var boundary = "=_" + Guid.CreateVersion7().ToString("N");
        string[] lines =
        [
            $"From: {from}", $"To: {letter.To}", $"Subject: {Subject(letter.Subject)}",
            string.Create(CultureInfo.InvariantCulture, $"Date: {now:ddd, dd MMM yyyy HH:mm:ss} +0000"),
            $"Message-ID: <{Guid.CreateVersion7():N}@{from.Host}>", "MIME-Version: 1.0",
            .. letter.Unsubscribe is { } link ? [$"List-Unsubscribe: <{link}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] : Array.Empty<string>(),
            $"Content-Type: multipart/alternative; boundary=\"{boundary}\"", "",
            .. Part("plain", letter.Text), .. Part("html", letter.Html), $"--{boundary}--", "",
        ];
        return string.Join("\r\n", lines);

        string[] Part(string kind, string body) =>
        [
            $"--{boundary}", $"Content-Type: text/{kind}; charset=utf-8", "Content-Transfer-Encoding: 8bit", "",
            body.ReplaceLineEndings("\r\n"),
        ];
    }

    private static string Subject(string text) => Ascii.IsValid(text) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    private static string FileName(string address) =>
        string.Concat(address.Take(80).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '@' or '.' or '-' or '_' or '+' ? letter : '_'));

    [LoggerMessage(Level = LogLevel.Information, Message = "No mail server is set (Smtp:Host), so \"{Subject}\" to {To} was written to {File}: {Link}")]
    private partial void Written(string subject, string to, string link, string file);
}
