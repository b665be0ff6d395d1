using System.Globalization;
using System.Text.RegularExpressions;
using Rpd.Server.Chat.Tokens;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <summary>"How many words has this: …?" Counts the text between fences or quotation marks, or after the first line or colon.</summary>
internal static partial class TextStatistics
{
    private const int AskMax = 300, WordsPerMinute = 230, CharactersPerMinute = 500;

    /// <summary>Null when nothing asks to be counted.</summary>
    public static string? Answer(string message)
    {
        var text = Given(message, out var ask);
        return text is not null && Asked().IsMatch(ask) ? Table(text) : null;
    }

    /// <param name="ask">What stands around the text, shortened.</param>
    private static string? Given(string message, out string ask)
    {
        foreach (var (open, close) in new[] { ("```", "```"), ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("‘", "’") })
        {
            var from = message.IndexOf(open, StringComparison.Ordinal);
            var to = from < 0 ? -1 : message.LastIndexOf(close, StringComparison.Ordinal);
            if (from < 0 || to < from + open.Length) continue;
            var after = to + close.Length;
            ask = message[Math.Max(0, from - AskMax)..from] + " " + message[after..Math.Min(message.Length, after + AskMax)];
            var inside = message[(from + open.Length)..to];
            // The first line after a fence names its language.
            if (open == "```" && inside.IndexOf('\n') is >= 0 and < 20 and var line) inside = inside[(line + 1)..];
            return inside.Trim('\r', '\n');
        }
        var cut = message.AsSpan(0, Math.Min(message.Length, AskMax)).IndexOfAny(':', '\n');
        ask = cut < 0 ? "" : message[..cut];
        // A question that is over before the colon is about something else.
        return cut < 0 || (message[cut] == ':' && ask.Contains('?', StringComparison.Ordinal)) || string.IsNullOrWhiteSpace(message[(cut + 1)..]) ? null : message[(cut + 1)..].Trim();
    }

    private static string Table(string text)
    {
        int words = 0, sentences = 0, letters = 0, spaces = 0, standing = 0, lines = 1;
        bool inWord = false, open = false;
        var characters = 0;
        for (var rest = text.AsSpan(); rest.Length > 0; rest = rest[StringInfo.GetNextTextElementLength(rest)..])
        {
            characters++;
            var first = rest[0];
            if (first is '\n' or '\r') lines++;
            if (char.IsWhiteSpace(first)) spaces++;
            var alone = first is (>= '぀' and <= 'ヿ') or (>= '㐀' and <= '鿿');
            var part = char.IsLetterOrDigit(first) || (inWord && first is '\'' or '’' or '-');
            if (char.IsLetter(first)) letters++;
            if (alone) (words, standing) = (words + 1, standing + 1);
            else if (part && !inWord) words++;
            inWord = part && !alone;
            if (part || alone) open = true;
            if (first is '.' or '!' or '?' or '。' or '！' or '？' or '…' && open) (sentences, open) = (sentences + 1, false);
        }
        if (open) sentences++;
        var minutes = ((words - standing) / (double)WordsPerMinute) + (standing / (double)CharactersPerMinute);
        return $"""
            | | |
            |---|---|
            | Words | {Number(words)} |
            | Characters | {Number(characters)} |
            | Characters without spaces | {Number(characters - spaces)} |
            | Letters | {Number(letters)} |
            | Sentences | {Number(sentences)} |
            | Lines | {Number(text.Length == 0 ? 0 : lines)} |
            | Tokens | about {Number(TokenCount.Estimate(text))} |
            | Reading time | {(minutes < 1 ? $"about {Math.Ceiling(minutes * 60)} s" : $"about {Math.Round(minutes)} min")} |
            {(standing > 0 ? "\nChinese and Japanese characters count as a word each." : "")}
            """.TrimEnd();
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(?:how\s+many|count|number\s+of|wie\s*viele?|zähle?)\b[^?]{0,60}\b(?:words?|characters?|letters?|sentences?|tokens?|lines?|wörter|worte|zeichen|buchstaben|sätze|zeilen)\b|\b(?:word|character|letter|sentence|token)\s+count\b|\b(?:reading\s+time|text\s+statistics|statistics\s+of|lesezeit|how\s+long\s+(?:does\s+it\s+take|to)\s+(?:to\s+)?read)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Asked();
}
