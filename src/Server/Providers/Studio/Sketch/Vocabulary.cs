namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>Words of a kind and what they mean: <c>English german spanish french</c>, phrases with a hyphen for the blank.</summary>
internal sealed class Vocabulary<T>
{
    private readonly Dictionary<string, T> _meanings = new(StringComparer.Ordinal);

    public Vocabulary(params (T Meaning, string Words)[] entries)
    {
        foreach (var (meaning, words) in entries)
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                if (!_meanings.TryAdd(word.Replace('-', ' '), meaning))
                    throw new ArgumentException($"'{word}' has two meanings in one vocabulary.", nameof(entries));
    }

    public IEnumerable<string> Words => _meanings.Keys;

    /// <summary>Meanings in the order of the prompt, each with the place of its (last) word.</summary>
    public IEnumerable<(T Meaning, int At)> In(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (Phrase(words, i, 3, out var meaning)) { yield return (meaning, i + 2); i += 2; }
            else if (Phrase(words, i, 2, out meaning)) { yield return (meaning, i + 1); i++; }
            else if (Single(words[i], out meaning)) yield return (meaning, i);
        }
    }

    /// <summary>Places of the words that are only part of a phrase: the book of <c>comic book</c> lies on no table.</summary>
    public IEnumerable<int> Swallowed(IReadOnlyList<string> words)
    {
        for (var i = 0; i + 1 < words.Count; i++)
            if (Phrase(words, i, 2, out _))
            {
                yield return i;
                yield return i + 1;
            }
    }

    private bool Phrase(IReadOnlyList<string> words, int at, int length, out T meaning)
    {
        meaning = default!;
        return at + length <= words.Count && Single(string.Join(' ', words.Skip(at).Take(length)), out meaning);
    }

    /// <summary>The word itself, or what is left when a plural's ending goes.</summary>
    private bool Single(string word, out T meaning)
    {
        if (_meanings.TryGetValue(word, out meaning!)) return true;
        foreach (var ending in new[] { "s", "es", "e", "en", "n", "er" })
            if (word.Length - ending.Length >= 3 && word.EndsWith(ending, StringComparison.Ordinal) && _meanings.TryGetValue(word[..^ending.Length], out meaning!))
                return true;
        return word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) && _meanings.TryGetValue(word[..^3] + "y", out meaning!);
    }
}
