namespace Rpd.Server.Gallery;

/// <summary>
/// What somebody typed, as the words of a search: all of them must be there, each may be the beginning of one. A tag is written with or without #.
/// The separators are those of the function <c>work_words</c>.
/// </summary>
public static class SearchWords
{
    private const int WordsMax = 8;

    /// <summary>For <c>to_tsquery('simple', …)</c>; null when there is no word in it.</summary>
    public static string? Of(string? text)
    {
        var words = new string([.. (text ?? "").Select(letter => Separates(letter) ? ' ' : letter)]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Distinct().Take(WordsMax).Select(word => $"'{word}':*").ToArray();
        return words.Length == 0 ? null : string.Join(" & ", words);
    }

    /// <summary>For <c>::tsquery</c>; null when nothing of it can be in a tag.</summary>
    public static string? OfTag(string? text)
    {
        var tag = new string([.. (text ?? "").Select(letter => letter == '_' || !Separates(letter) ? char.ToLowerInvariant(letter) : ' ')])
            .Trim().Replace(' ', '_');
        return tag.Length == 0 ? null : $"'#{tag}'";
    }

    private static bool Separates(char letter) => char.IsWhiteSpace(letter) || char.IsControl(letter) || (letter < 128 && !char.IsAsciiLetterOrDigit(letter));
}
