namespace Rpd.Server.Gallery;

/// <param name="Text">As it was typed; a tag with its #.</param>
public sealed record SearchWord(string Text)
{
    public bool IsTag => Text[0] == '#';

    /// <summary>Of the type tsquery.</summary>
    /// <param name="add">Adds a value to the statement, and names it.</param>
    public string Sql(Func<object, string> add) => IsTag ? $"{add($"'{Text}'")}::tsquery" : $"to_tsquery('simple', {add($"'{Text}':*")})";

    /// <summary>Whether a work with this word in the index has what is searched.</summary>
    public bool Finds(string indexed) =>
        IsTag ? string.Equals(indexed, Text, StringComparison.OrdinalIgnoreCase) : indexed.StartsWith(Text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// What somebody typed, as the words of a search: all of them must be there, each may be the beginning of one. A tag is written with or without #.
/// The separators are those of the function <c>work_words</c>.
/// </summary>
public static class SearchWords
{
    private const int WordsMax = 8;

    /// <returns>None when nothing of it can be in the index.</returns>
    public static IReadOnlyList<SearchWord> Of(string? text, string? tag)
    {
        var words = new string([.. (text ?? "").Select(letter => Separates(letter) ? ' ' : letter)]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Distinct().Take(WordsMax).Select(word => new SearchWord(word));
        var marked = new string([.. (tag ?? "").Select(letter => letter == '_' || !Separates(letter) ? char.ToLowerInvariant(letter) : ' ')]).Trim().Replace(' ', '_');
        return marked.Length == 0 ? [.. words] : [.. words, new SearchWord("#" + marked)];
    }

    private static bool Separates(char letter) => char.IsWhiteSpace(letter) || char.IsControl(letter) || (letter < 128 && !char.IsAsciiLetterOrDigit(letter));
}
