using System.Runtime.InteropServices;

namespace Rpd.Server.Prompts;

/// <summary>One category's rules over numbered words: phrases that break the policy, pairs that do when they stand close together, and phrases that are fine.</summary>
public sealed class PolicyCategory
{
    private readonly Dictionary<int, List<Phrase>> phrases = [];
    private readonly int[] windows;

    public PolicyCategory(string name, PolicyRules rules, Vocabulary vocabulary)
    {
        (Name, Label, windows) = (name, rules.Label, [.. rules.Near.Select(pair => pair.Within)]);
        foreach (var term in rules.Allowed) Add(term, vocabulary, Meaning.Fine, 0);
        foreach (var term in rules.Terms) Add(term, vocabulary, Meaning.Violation, 0);
        for (var i = 0; i < rules.Near.Count; i++)
        {
            foreach (var term in rules.Near[i].A) Add(term, vocabulary, Meaning.OneSide, i);
            foreach (var term in rules.Near[i].B) Add(term, vocabulary, Meaning.OtherSide, i);
        }
    }

    public string Name { get; }

    /// <summary>For people.</summary>
    public string Label { get; }

    public bool IsBrokenBy(ReadOnlySpan<int> words)
    {
        var fineUntil = 0;
        Span<int> one = stackalloc int[windows.Length], other = stackalloc int[windows.Length];
        one.Fill(int.MinValue / 2);
        other.Fill(int.MinValue / 2);
        for (var at = 0; at < words.Length; at++)
        {
            if (at < fineUntil || words[at] == Vocabulary.Unknown || !phrases.TryGetValue(words[at], out var starting)) continue;
            foreach (var phrase in CollectionsMarshal.AsSpan(starting))
            {
                if (!words[at..].StartsWith(phrase.Words)) continue;
                if (phrase.Meaning == Meaning.Violation) return true;
                if (phrase.Meaning == Meaning.Fine)
                {
                    // Listed first, so nothing else is read out of these words.
                    fineUntil = at + phrase.Words.Length;
                    break;
                }
                var end = at + phrase.Words.Length - 1;
                (phrase.Meaning == Meaning.OneSide ? one : other)[phrase.Pair] = end;
                var rival = (phrase.Meaning == Meaning.OneSide ? other : one)[phrase.Pair];
                if (at - rival <= windows[phrase.Pair]) return true;
            }
        }
        return false;
    }

    private void Add(string term, Vocabulary vocabulary, Meaning meaning, int pair)
    {
        var words = PolicyTerm.Words(term);
        Add([.. words.Select(word => word == PolicyTerm.MinorAge ? Vocabulary.MinorAge : vocabulary.Add(word))], meaning, pair);
        // Written as one word, or spelled out letter by letter, it is the same.
        var joined = string.Concat(words);
        if (words.Count > 1 && joined.Length is >= 6 and <= Vocabulary.LengthMax && !joined.Contains(PolicyTerm.MinorAge, StringComparison.Ordinal)) Add([vocabulary.Add(joined)], meaning, pair);
    }

    private void Add(int[] words, Meaning meaning, int pair)
    {
        if (words.Length == 0) return;
        if (!phrases.TryGetValue(words[0], out var starting)) phrases[words[0]] = starting = [];
        starting.Add(new(words, meaning, pair));
    }

    private enum Meaning { Fine, Violation, OneSide, OtherSide }

    private sealed record Phrase(int[] Words, Meaning Meaning, int Pair);
}

/// <summary>A category as <c>policy.json</c> has it.</summary>
public sealed record PolicyRules(string Label, IReadOnlyList<string> Terms, IReadOnlyList<string> Allowed)
{
    public IReadOnlyList<PolicyPair> Near { get; init; } = [];
}

/// <param name="Within">Words from the end of the one to the begin of the other, at most.</param>
public sealed record PolicyPair(int Within, IReadOnlyList<string> A, IReadOnlyList<string> B);

/// <summary>A term's words, cut as a text's are.</summary>
public static class PolicyTerm
{
    public const string MinorAge = "{age}";

    public static IReadOnlyList<string> Words(string term) => [.. term.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Cut)
        .Where(word => word is not ("a" or "an" or "the" or "of" or "to" or "my" or "your" or "some" or "any"))];

    private static IEnumerable<string> Cut(string word)
    {
        if (word == MinorAge) return [word];
        var folded = Fold.Of(word);
        return folded.Any(Fold.StandsAlone) ? folded.Select(letter => letter.ToString()) : [new string([.. folded.Where(char.IsLetterOrDigit)])];
    }
}
