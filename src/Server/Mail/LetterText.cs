using System.Net;

namespace Rpd.Server.Mail;

/// <summary>Writes a letter once and gives it as text and as plain HTML. A part that is an address alone becomes a link.</summary>
public static class LetterText
{
    public static Letter Write(string to, string subject, params IReadOnlyList<string> paragraphs) => new(
        to, subject,
        string.Join("\n\n", paragraphs) + "\n",
        $"<!doctype html><html lang=\"en\"><body style=\"font-family:sans-serif;line-height:1.5\">{string.Concat(paragraphs.Select(Paragraph))}</body></html>");

    private static string Paragraph(string text)
    {
        var safe = WebUtility.HtmlEncode(text);
        return IsLink(text) ? $"<p><a href=\"{safe}\">{safe}</a></p>" : $"<p>{safe}</p>";
    }

    private static bool IsLink(string text) => text.StartsWith("http", StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal);
}
