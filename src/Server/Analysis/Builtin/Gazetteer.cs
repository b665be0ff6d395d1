using System.Collections.Frozen;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>Names of places, of people, and the words that stand about dates, sums and names.</summary>
internal static class Gazetteer
{
    /// <summary>Of the longest name.</summary>
    public const int PlaceWordsMax = 4;

    private static readonly string[] Listed = [.. WordLists.Lines("places").SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
    private static readonly ILookup<string, string> Names = WordLists.ByKey("names");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Sure = Set(Listed.Where(place => !place.EndsWith('?')), lower: false), Doubtful = Set(Listed.Where(place => place.EndsWith('?')).Select(place => place[..^1]), lower: false),
        Given = Set(Names["given"], lower: false), Title = Set(Names["title"], lower: false), Company = Set(Names["company"], lower: false),
        Month = Set(Names["months"]), Day = Set(Names["days"]), Span = Set(Names["spans"]), Next = Set(Names["next"]), Money = Set(Names["money"]), Unit = Set(Names["units"]), At = Set(Names["at"]);

    /// <summary>Places that are written without spaces around them, by their first character.</summary>
    private static readonly FrozenDictionary<char, string[]> Unspaced = Listed.Where(place => place[0] is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF')
        .GroupBy(place => place[0]).ToFrozenDictionary(same => same.Key, same => same.OrderByDescending(place => place.Length).ToArray());

    /// <param name="preceded">Whether a word like "in" or "from" stands before it: Nice and Turkey are words, too.</param>
    public static bool IsPlace(ReadOnlySpan<char> name, bool preceded) => Sure.Contains(name) || (preceded && Doubtful.Contains(name));

    /// <returns>How many characters of <paramref name="text"/> from its beginning are such a place.</returns>
    public static int UnspacedPlace(ReadOnlySpan<char> text)
    {
        if (Unspaced.TryGetValue(text[0], out var places))
            foreach (var place in places)
                if (text.StartsWith(place)) return place.Length;
        return 0;
    }

    public static bool IsGivenName(ReadOnlySpan<char> word) => Given.Contains(word);

    public static bool IsTitle(ReadOnlySpan<char> word) => Title.Contains(word);

    public static bool IsCompanyWord(ReadOnlySpan<char> word) => Company.Contains(word);

    /// <param name="lower">In lower case, as with all that follow.</param>
    public static bool IsMonth(ReadOnlySpan<char> lower) => Month.Contains(lower);

    public static bool IsDay(ReadOnlySpan<char> lower) => Day.Contains(lower);

    public static bool IsSpan(ReadOnlySpan<char> lower) => Span.Contains(lower);

    public static bool IsNext(ReadOnlySpan<char> lower) => Next.Contains(lower);

    public static bool IsMoney(ReadOnlySpan<char> lower) => Money.Contains(lower);

    public static bool IsUnit(ReadOnlySpan<char> lower) => Unit.Contains(lower);

    public static bool IsPreposition(ReadOnlySpan<char> lower) => At.Contains(lower);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(IEnumerable<string> words, bool lower = true) =>
        words.Select(word => lower ? word.ToLowerInvariant() : word).ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();
}
