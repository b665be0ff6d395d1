namespace Rpd.Server.Prompts;

/// <summary>
/// The words that the policy's terms are made of, each with a number. A word is found in its disguises: letters drawn out (<c>pooorn</c>), figures for letters
/// (<c>p0rn</c>), letters masked (<c>p*rn</c>). Fewer letters than a word has never match: Niger is a country.
/// </summary>
public sealed class Vocabulary
{
    public const int Unknown = 0, MinorAge = 1;
    internal const int LengthMax = 40;
    private const int MaskedMax = 20;

    private readonly Dictionary<string, List<Word>> words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Word>>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly bool[] beginnings = new bool[26 * 26];
    private int last = MinorAge;

    public Vocabulary() => lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="word">Folded.</param>
    public int Add(string word)
    {
        Span<char> letters = stackalloc char[word.Length];
        Span<byte> runs = stackalloc byte[word.Length];
        var length = Collapse(word, letters, runs);
        if (length > 1 && Beginning(letters[0], letters[1]) is >= 0 and var pair) beginnings[pair] = true;
        var key = letters[..length].ToString();
        if (!words.TryGetValue(key, out var same)) words[key] = same = [];
        foreach (var known in same)
            if (known.Runs.AsSpan().SequenceEqual(runs[..length])) return known.Id;
        same.Add(new(++last, runs[..length].ToArray()));
        return last;
    }

    /// <summary>Whether any word begins with the first two letters that differ. Spares most of the work on texts of single letters.</summary>
    public bool MayBegin(ReadOnlySpan<char> letters)
    {
        var second = letters.IndexOfAnyExcept(letters[0]);
        return second > 0 && (Beginning(letters[0], letters[second]) is var pair && (pair < 0 || beginnings[pair]));
    }

    /// <param name="word">Folded; may hold figures and signs.</param>
    public int Find(ReadOnlySpan<char> word)
    {
        if (word.Length is < 1 or > LengthMax) return Unknown;
        var plain = Exact(word);
        if (plain != Unknown || !word.ContainsAnyExceptInRange('a', 'z')) return plain;
        Span<char> other = stackalloc char[LengthMax];
        foreach (var one in "il")
        {
            for (var i = 0; i < word.Length; i++) other[i] = Letter(word[i], one);
            if (Exact(other[..word.Length]) is not Unknown and var found) return found;
            if (!word.ContainsAny('1', '!', '|')) break;
        }
        // Signs at the edges may be what they are (porn!!), and figures at the end a number.
        var bare = word.Trim("@$!|€").TrimEnd("0123456789");
        return bare.Length < word.Length ? Exact(bare) : Unknown;
    }

    /// <summary>With vowels in the place of one mask or two.</summary>
    public int FindMasked(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > MaskedMax || word.IndexOfAny('*', '#') is not (>= 0 and var mask)) return Unknown;
        var more = word[(mask + 1)..].IndexOfAny('*', '#') >= 0;
        if (more && word.Count('*') + word.Count('#') > 2) return Unknown;
        Span<char> other = stackalloc char[LengthMax];
        word.CopyTo(other);
        foreach (var vowel in "aeiou")
        {
            other[mask] = vowel;
            var found = more ? FindMasked(other[..word.Length]) : Find(other[..word.Length]);
            if (found != Unknown) return found;
        }
        return Unknown;
    }

    private int Exact(ReadOnlySpan<char> word)
    {
        var found = Stretched(word);
        return found == Unknown && word.Length > 3 && word[^1] == 's' ? Stretched(word[..^1]) : found;
    }

    private int Stretched(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) return Unknown;
        Span<char> letters = stackalloc char[LengthMax];
        Span<byte> runs = stackalloc byte[LengthMax];
        var length = Collapse(word, letters, runs);
        if (!lookup.TryGetValue(letters[..length], out var same)) return Unknown;
        foreach (var known in same)
            if (Covers(runs[..length], known.Runs)) return known.Id;
        return Unknown;
    }

    private static int Beginning(char first, char second) => char.IsAsciiLetterLower(first) && char.IsAsciiLetterLower(second) ? ((first - 'a') * 26) + second - 'a' : -1;

    private static bool Covers(ReadOnlySpan<byte> runs, byte[] wanted)
    {
        for (var i = 0; i < wanted.Length; i++)
            if (runs[i] < wanted[i]) return false;
        return true;
    }

    private static int Collapse(ReadOnlySpan<char> word, Span<char> letters, Span<byte> runs)
    {
        var length = 0;
        foreach (var letter in word)
        {
            if (length > 0 && letters[length - 1] == letter) runs[length - 1]++;
            else (letters[length], runs[length++]) = (letter, 1);
        }
        return length;
    }

    private static char Letter(char sign, char one) => sign switch
    {
        '0' => 'o',
        '1' or '!' or '|' => one,
        '3' or '€' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        '8' => 'b',
        _ => sign,
    };

    private sealed record Word(int Id, byte[] Runs);
}
