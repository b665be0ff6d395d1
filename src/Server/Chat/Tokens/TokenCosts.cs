namespace Rpd.Server.Chat.Tokens;

/// <summary>What a piece costs, in hundredths of a token: means that were measured over texts of each kind with o200k_base.</summary>
internal static class TokenCosts
{
    // By a word's letters: a vocabulary holds the words of English and of programs whole, and those of other languages in parts.
    private static readonly short[] English = [0, 100, 100, 101, 102, 104, 109, 111, 118, 130, 135, 140, 150, 165, 180];
    private static readonly short[] OtherLatin = [0, 100, 100, 100, 108, 120, 132, 140, 172, 195, 215, 240, 235, 275, 290];
    private static readonly short[] Cyrillic = [0, 100, 100, 102, 135, 153, 168, 210, 225, 245, 260];
    private static readonly short[] OtherLetters = [0, 100, 100, 108, 156, 172, 205, 260, 330];
    private static readonly short[] Signs = [0, 100, 100, 112, 130, 200, 240];

    public static int OfEnglish(int letters) => By(letters, English, 15);

    public static int OfOtherLatin(int letters) => By(letters, OtherLatin, 21);

    public static int OfJumble(int letters) => Math.Max(100, 45 + 55 * letters);

    public static int Of(Piece piece, ReadOnlySpan<char> text) => piece.Kind switch
    {
        PieceKind.Cyrillic => By(piece.Length - piece.Lead, Cyrillic, 26),
        PieceKind.OtherLetters => By(piece.Length - piece.Lead, OtherLetters, 38),
        PieceKind.Hangul => 15 + 80 * (piece.Length - piece.Lead),
        PieceKind.Han => piece.Length == 1 ? 104 : 82 * piece.Length,
        PieceKind.Hiragana => OfHiragana(text[..piece.Length]),
        PieceKind.Katakana => piece.Length == 1 ? 100 : 54 * piece.Length,
        PieceKind.Digits => 100,
        PieceKind.Emoji => OfEmoji(text[..piece.Length]),
        PieceKind.Signs => OfSigns(text[piece.Lead..piece.Length].TrimEnd("\r\n")),
        // Long runs of one kind of space are single entries of the vocabulary.
        _ => 100 + 100 * (piece.Length / 80),
    };

    /// <summary>The endings of polite sentences are single entries: a letter of business has twice as many characters to a token as a tale.</summary>
    private static int OfHiragana(ReadOnlySpan<char> text)
    {
        var cost = 0;
        for (var single = text.Length == 1; text.Length > 0;)
        {
            var known = Ending(text);
            cost += known > 0 ? 100 : single ? 97 : 73;
            text = text[Math.Max(1, known)..];
        }
        return cost;
    }

    private static int Ending(ReadOnlySpan<char> text)
    {
        foreach (var ending in Endings)
            if (text[0] == ending[0] && text.StartsWith(ending)) return ending.Length;
        return 0;
    }

    private static readonly string[] Endings =
    [
        "ありがとうございます", "ございます", "しております", "しています", "ください", "しました", "いました", "ありません", "について", "あります", "おります", "できます", "でしょう",
        "ました", "ません", "います", "します", "ります", "いただ", "という", "ところ", "された", "かった", "だった", "です", "ます",
    ];

    private static int By(int length, short[] table, int further) =>
        length < table.Length ? table[length] : table[^1] + further * (length - table.Length + 1);

    /// <summary>Lines of one sign are single entries, too.</summary>
    private static int OfSigns(ReadOnlySpan<char> signs) =>
        signs.Length > 3 && signs.IndexOfAnyExcept(signs[0]) < 0 ? 100 + 100 * (signs.Length / 64) : By(signs.Length, Signs, 45);

    private static int OfEmoji(ReadOnlySpan<char> signs)
    {
        var cost = 0;
        foreach (var c in signs) cost += char.IsHighSurrogate(c) ? 150 : char.IsLowSurrogate(c) || c is ' ' or '\r' or '\n' ? 0 : c is '\uFE0F' or '\u200D' ? 80 : 140;
        return Math.Max(100, cost);
    }
}
