using System.Globalization;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>The rules by which <see cref="FindEntities"/> reads the tokens of one text. Each looks a few tokens ahead and never back over the whole.</summary>
internal sealed partial class EntityReader(string text, string language)
{
    private const string Other = "OTHER", DateType = "DATE", QuantityType = "QUANTITY", Location = "LOCATION", Person = "PERSON", Organization = "ORGANIZATION";

    /// <summary>In tokens: Prof. Dr. Dr.</summary>
    private const int TitlesMax = 6;

    private readonly List<Token> tokens = Tokens.Of(text, language is "fr" or "it");
    private readonly TextLanguage? known = TextLanguage.All.GetValueOrDefault(language);
    private readonly bool hasSmallLetters = text.AsSpan().ContainsAnyInRange('a', 'z');
    private readonly char[] room = new char[LowerCase.LengthMax];

    public int Count => tokens.Count;

    /// <summary>Of mail and web: a run of characters without a space, with the sign that only an address has.</summary>
    public Entity? Address(int at)
    {
        var start = tokens[at].Start;
        if (tokens[at].Kind == TokenKind.Sign || (start > 0 && !Bounds(text[start - 1]))) return null;
        var end = start;
        var (marked, dotted) = (-1, false);
        while (end < text.Length && !Bounds(text[end]))
        {
            if (text[end] == '@' && marked < 0) marked = end;
            if (text[end] == '.' && marked >= 0) dotted = true;
            end++;
        }
        while (end > start && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'') end--;
        var whole = text.AsSpan(start, end - start);
        var web = whole.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || whole.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || (whole.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && whole.Length > 6);
        return web || (marked > start && dotted && end - marked > 3) ? new(Other, 0.99, start, end, After(at, end)) : null;
    }

    /// <summary>Countries and large cities.</summary>
    public Entity? Place(int at)
    {
        var first = tokens[at];
        if (first.Kind != TokenKind.Word) return null;
        for (var i = first.Start; i < first.End; i++)
            if (Gazetteer.UnspacedPlace(text.AsSpan(i, first.End - i)) is > 0 and var length) return new(Location, 0.85, i, i + length, i + length < first.End ? Split(at, i + length) : at + 1);
        var preceded = at > 0 && Gazetteer.IsPreposition(Lower(at - 1));
        for (var words = Math.Min(Gazetteer.PlaceWordsMax, tokens.Count - at); words > 0; words--)
        {
            var last = tokens[at + words - 1];
            if (last.Kind == TokenKind.Word && Gazetteer.IsPlace(text.AsSpan(first.Start, last.End - first.Start), preceded)) return new(Location, preceded ? 0.95 : 0.9, first.Start, last.End, at + words);
        }
        return null;
    }

    /// <summary>Capitalised names. German writes all nouns so, and there only what a title, a given name or a company's form marks is one.</summary>
    public Entity? Name(int at)
    {
        if (!Capital(at)) return null;
        var (begins, titled) = (at, false);
        while (begins < tokens.Count - 1 && begins - at < TitlesMax && Gazetteer.IsTitle(tokens[begins].Of(text)))
        {
            titled = true;
            begins += begins + 1 < tokens.Count && tokens[begins + 1].Of(text) is "." ? 2 : 1;
        }
        var next = begins;
        while (next < tokens.Count && Capital(next) && next - begins < 5 && (next == begins || Joined(next))) next++;
        if (next == begins) return null;
        var (start, end, words) = (tokens[begins].Start, tokens[next - 1].End, next - begins);
        if (titled) return new(Person, 0.9, start, end, next);
        if (Gazetteer.IsGivenName(tokens[at].Of(text)) && (words > 1 || !Begins(at))) return new(Person, words > 1 ? 0.9 : 0.7, start, end, next);
        if (words > 1 && Gazetteer.IsCompanyWord(tokens[next - 1].Of(text))) return new(Organization, 0.9, start, end, next);
        var acronym = words == 1 && end - start is >= 2 and <= 5 && hasSmallLetters && !text.AsSpan(start, end - start).ContainsAnyInRange('a', 'z');
        if (acronym) return new(Organization, 0.6, start, end, next);
        return language == "de" || Begins(at) ? null : new(Other, 0.5, start, end, next);
    }

    /// <summary>A place without spaces may be followed by another one in the same token.</summary>
    private int Split(int at, int from)
    {
        tokens[at] = tokens[at] with { Start = from };
        return at;
    }

    private int After(int at, int end)
    {
        while (at < tokens.Count && tokens[at].Start < end) at++;
        return at;
    }

    /// <summary>What no address contains.</summary>
    private static bool Bounds(char sign) => char.IsWhiteSpace(sign) || sign is '<' or '>' or '"' or '“' or '”' or '«' or '»' or '(' or ')' or '，' or '。' or '、';

    private ReadOnlySpan<char> Lower(int at) => tokens[at].Kind == TokenKind.Word ? LowerCase.Of(tokens[at].Of(text), room) : [];

    private bool IsSign(int at, string signs) => at >= 0 && at < tokens.Count && tokens[at].Kind == TokenKind.Sign && tokens[at].End - tokens[at].Start == 1 && signs.Contains(text[tokens[at].Start], StringComparison.Ordinal);

    private bool Capital(int at) => tokens[at].Kind == TokenKind.Word && char.IsUpper(text[tokens[at].Start]) && known?.IsStopWord(Lower(at)) != true;

    /// <summary>Whether nothing but a space stands between it and the token before.</summary>
    private bool Joined(int at) => at > 0 && tokens[at].Start - tokens[at - 1].End <= 1;

    /// <summary>A sentence: there everything is capitalised.</summary>
    private bool Begins(int at) => at == 0 || IsSign(at - 1, ".!?…:\"“„«¿¡-–(") || text.AsSpan(tokens[at - 1].End, tokens[at].Start - tokens[at - 1].End).Contains('\n');

    private bool Whole(int at, int from, int to) => at >= 0 && at < tokens.Count && tokens[at].Kind == TokenKind.Number && int.TryParse(tokens[at].Of(text), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to;
}
