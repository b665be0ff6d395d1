namespace Rpd.Server.Chat.Tokens;

/// <summary>
/// How many tokens a text has, near enough to meter by where no upstream says it: no tokenizer restores where this is built, and its vocabulary would weigh megabytes.
/// Within a tenth of o200k_base for English, German, Japanese and programs; <c>TokenCountTests</c> has the samples. One pass, no allocation.
/// </summary>
public static class TokenCount
{
    // A quarter of the words betrays prose of another language; less is names and quotes in English.
    private const long ForeignShare = 4;

    // So many parts without anything between them are no name: keys, hashes, files in base64.
    private const int GluedMax = 6;

    public static int Estimate(ReadOnlySpan<char> text)
    {
        long cost = 0, english = 0, other = 0, words = 0, foreign = 0;
        var glued = 0;
        for (var rest = text; rest.Length > 0;)
        {
            var piece = Piece.First(rest);
            glued = piece is { Lead: 0, Kind: PieceKind.Word or PieceKind.Digits } ? glued + 1 : 0;
            if (piece.Kind == PieceKind.Word && glued > GluedMax)
            {
                cost += TokenCosts.OfJumble(piece.Length);
            }
            else if (piece.Kind == PieceKind.Word)
            {
                var word = rest[piece.Lead..piece.Length];
                english += TokenCosts.OfEnglish(word.Length);
                other += TokenCosts.OfOtherLatin(word.Length);
                words++;
                if (Foreign(word)) foreign++;
            }
            else
            {
                cost += TokenCosts.Of(piece, rest);
            }
            rest = rest[piece.Length..];
        }
        if (words > 0) cost += english + (other - english) * Math.Min(words, foreign * ForeignShare) / words;
        return (int)Math.Min(int.MaxValue, (cost + 50) / 100);
    }

    /// <summary>Words with the space before them, signs, single characters of Chinese and Japanese: what a stream shows one after the other. Put together they are the text.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var piece = Piece.First(text.AsSpan(at));
            var length = piece.Kind is PieceKind.Han or PieceKind.Hiragana or PieceKind.Katakana ? char.IsSurrogatePair(text, at) ? 2 : 1 : piece.Length;
            yield return text.Substring(at, length);
            at += length;
        }
    }

    /// <summary>Letters that English has not, or the small words that a Latin language cannot do without.</summary>
    private static bool Foreign(ReadOnlySpan<char> word) => !System.Text.Ascii.IsValid(word) || word is
        "der" or "die" or "das" or "und" or "ist" or "nicht" or "ein" or "eine" or "einen" or "einem" or "einer" or "zu" or "den" or "dem" or "des" or "mit" or "von" or "auf" or "sich" or "auch"
        or "es" or "er" or "sie" or "wir" or "ich" or "im" or "am" or "bei" or "nach" or "wie" or "aus" or "wird" or "oder" or "dass" or "wenn" or "werden" or "Der" or "Die" or "Das" or "Ich"
        or "le" or "la" or "les" or "du" or "et" or "est" or "une" or "un" or "que" or "qui" or "dans" or "pour" or "pas" or "sur" or "de" or "el" or "los" or "las" or "una" or "por" or "con"
        or "se" or "il" or "che" or "di" or "per" or "não" or "um" or "uma" or "os" or "het" or "een" or "van" or "niet" or "och" or "att" or "som" or "na" or "nie" or "jest";
}
