namespace Rpd.Server.Analysis.Builtin;

internal enum TokenKind { Word, Number, Sign }

/// <summary>A word, a number or a sign of a text, by its place in UTF-16 units.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, End - Start);
}

/// <summary>Cuts a text into its tokens, in one pass.</summary>
internal static class Tokens
{
    /// <param name="elision">Whether an apostrophe ends a word, as in <c>l'été</c>; otherwise it stands inside of one, as in <c>don't</c>.</param>
    public static List<Token> Of(string text, bool elision = false)
    {
        var tokens = new List<Token>(text.Length / 5 + 4);
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (char.IsWhiteSpace(text[at])) at++;
            else if (char.IsDigit(text[at]))
            {
                at = NumberEnd(text, at);
                tokens.Add(new(TokenKind.Number, start, at));
            }
            else if (Letter(text, at))
            {
                at = WordEnd(text, at, elision);
                tokens.Add(new(TokenKind.Word, start, at));
            }
            else
            {
                at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
                tokens.Add(new(TokenKind.Sign, start, at));
            }
        }
        return tokens;
    }

    /// <summary>Letters and what is written over and under them.</summary>
    private static bool Letter(string text, int at) => char.IsLetter(text, at) || char.GetUnicodeCategory(text, at) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static int WordEnd(string text, int at, bool elision)
    {
        while (at < text.Length)
        {
            if (Letter(text, at)) at += char.IsHighSurrogate(text[at]) ? 2 : 1;
            // H2O is a word; among Chinese characters a number is one by itself.
            else if (char.IsDigit(text[at]) && text[at - 1] < '\u3000') at++;
            else if (text[at] is '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1]))
            {
                at++;
                if (elision) return at;
            }
            else if (text[at] is '-' && at + 1 < text.Length && char.IsLetter(text[at + 1])) at++;
            else break;
        }
        return at;
    }

    /// <summary>Digits with separators inside: <c>1,234.50</c>, <c>12:30</c>, <c>2024-03-05</c>.</summary>
    private static int NumberEnd(string text, int at)
    {
        while (at < text.Length && (char.IsDigit(text[at]) || (text[at] is '.' or ',' or ':' or '/' or '-' && at + 1 < text.Length && char.IsDigit(text[at + 1])))) at++;
        return at;
    }
}
