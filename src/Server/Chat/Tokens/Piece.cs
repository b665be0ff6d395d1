using System.Globalization;
using System.Text;

namespace Rpd.Server.Chat.Tokens;

internal enum PieceKind { Word, Cyrillic, OtherLetters, Hangul, Han, Hiragana, Katakana, Digits, Signs, Emoji, Space }

/// <summary>
/// What a tokenizer looks at by itself before it looks into its vocabulary: a word with the one sign or space before it, up to three digits, a run of signs, a run of
/// white space. A word ends where a capital follows a small letter. The rules are those of o200k_base; runs of Chinese and Japanese are cut by script besides.
/// </summary>
/// <param name="Lead">Signs before a word's first letter: 0 or 1.</param>
internal readonly record struct Piece(PieceKind Kind, int Length, int Lead)
{
    private const int DigitsMax = 3;

    public static Piece First(ReadOnlySpan<char> text)
    {
        var kind = Of(text, out var length);
        if (kind == PieceKind.Space) return White(text);
        if (Spelled(kind)) return Word(text, kind, 0);
        if (length == 1 && kind == PieceKind.Signs && text.Length > 1 && Of(text[1..], out _) is var second && Spelled(second)) return Word(text, second, 1);
        if (kind is PieceKind.Signs or PieceKind.Emoji) return Run(text, kind, length, 0);
        var end = length;
        while (end < text.Length && (kind != PieceKind.Digits || end < DigitsMax) && Of(text[end..], out length) == kind) end += length;
        return new(kind, end, 0);
    }

    /// <summary>Scripts whose words stand apart from each other.</summary>
    private static bool Spelled(PieceKind kind) => kind is PieceKind.Word or PieceKind.Cyrillic or PieceKind.OtherLetters or PieceKind.Hangul;

    private static Piece Word(ReadOnlySpan<char> text, PieceKind kind, int lead)
    {
        var end = lead;
        var small = false;
        while (end < text.Length && Of(text[end..], out var length) is var next && (next == kind || (end > lead && Mark(text[end]))))
        {
            if (char.IsUpper(text[end]) && small) break;
            small |= char.IsLower(text[end]);
            end += length;
        }
        if (kind == PieceKind.Word) end += Contraction(text[end..]);
        return new(kind, end, lead);
    }

    private static int Contraction(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[0] != '\'') return 0;
        var length = rest[1] is 's' or 't' or 'm' or 'd' ? 2 : rest.Length > 2 && rest[1..3] is "re" or "ve" or "ll" ? 3 : 0;
        return length > 0 && (rest.Length == length || !char.IsLetter(rest[length])) ? length : 0;
    }

    /// <summary>Signs take the line's end after them along.</summary>
    private static Piece Run(ReadOnlySpan<char> text, PieceKind kind, int end, int lead)
    {
        while (end < text.Length && Of(text[end..], out var length) == kind) end += length;
        while (end < text.Length && text[end] is '\r' or '\n') end++;
        return new(kind, end, lead);
    }

    /// <summary>One space belongs to the word or sign behind it; white space before a line's end belongs to that.</summary>
    private static Piece White(ReadOnlySpan<char> text)
    {
        int end = 0, line = 0;
        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            if (text[end++] is '\r' or '\n') line = end;
        }
        if (line > 0) return new(PieceKind.Space, line, 0);
        if (end == text.Length) return new(PieceKind.Space, end, 0);
        if (end > 1) return new(PieceKind.Space, end - 1, 0);
        var next = Of(text[1..], out var length);
        if (Spelled(next)) return Word(text, next, 1);
        return next is PieceKind.Signs or PieceKind.Emoji && text[0] == ' ' ? Run(text, next, 1 + length, 1) : new(PieceKind.Space, 1, 0);
    }

    private static bool Mark(char c) => c > 0x2FF && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static PieceKind Of(ReadOnlySpan<char> text, out int length)
    {
        length = 1;
        var c = text[0];
        if (c < 0x80) return char.IsAsciiLetter(c) ? PieceKind.Word : char.IsAsciiDigit(c) ? PieceKind.Digits : c == ' ' || (c >= '\t' && c <= '\r') ? PieceKind.Space : PieceKind.Signs;
        if (char.IsSurrogate(c))
        {
            Rune.DecodeFromUtf16(text, out var rune, out length);
            return rune.Value is >= 0x20000 and < 0x40000 ? PieceKind.Han : Rune.IsLetter(rune) ? PieceKind.OtherLetters : PieceKind.Emoji;
        }
        return c switch
        {
            >= 'ぁ' and <= 'ゟ' => PieceKind.Hiragana,
            >= '゠' and <= 'ヿ' and not '・' => PieceKind.Katakana,
            (>= '㐀' and <= '䶿') or (>= '一' and <= '鿿') or '々' => PieceKind.Han,
            >= '가' and <= '힣' => PieceKind.Hangul,
            >= 'Ѐ' and <= 'ԯ' => PieceKind.Cyrillic,
            // The variation selector and the joiner inside emoji, and the pictures of the basic plane.
            '\uFE0F' or '\u200D' or (>= '\u2600' and <= '\u27BF') => PieceKind.Emoji,
            _ when char.IsLetter(c) => c <= 'ʯ' || (c >= 'Ḁ' && c <= 'ỿ') ? PieceKind.Word : PieceKind.OtherLetters,
            _ when Mark(c) => PieceKind.OtherLetters,
            _ when char.IsDigit(c) => PieceKind.Digits,
            _ when char.IsWhiteSpace(c) => PieceKind.Space,
            _ => PieceKind.Signs,
        };
    }
}
