using System.Collections.Frozen;
using System.Globalization;

namespace Rpd.Server.Analysis.Builtin;

internal enum Bearing { None, Negates, Strengthens, Weakens, Turns, Joins }

/// <summary>Words of opinion in a language, with what negates, strengthens or turns them.</summary>
internal sealed class OpinionWords
{
    private const int StemMin = 3;

    private static readonly Dictionary<string, Bearing> Keys = new()
    {
        ["not"] = Bearing.Negates,
        ["more"] = Bearing.Strengthens,
        ["less"] = Bearing.Weakens,
        ["but"] = Bearing.Turns,
        ["and"] = Bearing.Joins,
    };

    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> scores;
    private readonly FrozenDictionary<string, Bearing>.AlternateLookup<ReadOnlySpan<char>> bearings;
    private readonly (string Ending, string Instead)[] endings;

    public OpinionWords(string language)
    {
        var lists = WordLists.ByKey("sentiment-" + language);
        endings = [.. lists["endings"].Select(rule => rule.Split('>')).Select(parts => (parts[0], parts.Length > 1 ? parts[1] : ""))];
        var words = lists.Where(list => list.Key[0] is '+' or '-').SelectMany(list => list.Select(word => (word, Score: int.Parse(list.Key, CultureInfo.InvariantCulture)))).ToList();
        Words = [.. words.Select(entry => entry.word)];
        scores = words.DistinctBy(entry => entry.word).ToFrozenDictionary(entry => entry.word, entry => entry.Score).GetAlternateLookup<ReadOnlySpan<char>>();
        bearings = Keys.SelectMany(key => lists[key.Key].Select(word => (word, key.Value))).DistinctBy(entry => entry.word).ToFrozenDictionary(entry => entry.word, entry => entry.Value).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<string> Words { get; }

    /// <param name="word">In lower case.</param>
    public Bearing BearingOf(ReadOnlySpan<char> word) => bearings.TryGetValue(word, out var bearing) ? bearing : Bearing.None;

    /// <param name="word">In lower case.</param>
    /// <returns>From +3 to -3; 0 for a word that tells nothing.</returns>
    public int ScoreOf(ReadOnlySpan<char> word)
    {
        // What strengthens or denies is no form of another word: fairly good is not fair and good.
        if (scores.TryGetValue(word, out var score) || BearingOf(word) != Bearing.None) return score;
        Span<char> room = stackalloc char[LowerCase.LengthMax + 4];
        foreach (var (ending, instead) in endings)
        {
            var stem = word.Length - ending.Length;
            if (stem < StemMin || !word.EndsWith(ending)) continue;
            word[..stem].CopyTo(room);
            instead.CopyTo(room[stem..]);
            if (scores.TryGetValue(room[..(stem + instead.Length)], out score)) return score;
        }
        return 0;
    }
}
