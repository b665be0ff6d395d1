using System.Collections.Frozen;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>How likely three characters in a row are in each language that is written in Latin letters, learnt at the start from our own texts and word lists.</summary>
internal static class LatinProfiles
{
    // A word of the language says more than its letters.
    private const double StopWordWeight = 4, Unseen = 0.3;

    private static readonly TextLanguage[] Languages = [.. TextLanguage.All.Values];
    private static readonly double[] Totals = new double[Languages.Length];
    private static readonly FrozenDictionary<ulong, float[]> Known = Learn();
    private static readonly float[] Nothing = Costs(new double[Languages.Length]);

    /// <returns>The code of the likeliest of them.</returns>
    public static string Likeliest(ReadOnlySpan<char> text)
    {
        Span<double> scores = stackalloc double[Languages.Length];
        Span<char> room = stackalloc char[LowerCase.LengthMax + 2];
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && (char.IsLetter(text[at]) || text[at] is '\'' or '’')) at++;
            if (at > start) Weigh(text[start..at], room, scores);
            else at++;
        }
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best]) best = i;
        return Languages[best].Code;
    }

    private static void Weigh(ReadOnlySpan<char> word, Span<char> room, Span<double> scores)
    {
        var lower = LowerCase.Of(word, room[1..]);
        if (lower.Length == 0) return;
        for (var i = 0; i < Languages.Length; i++)
            if (Languages[i].IsStopWord(lower)) scores[i] += StopWordWeight;
        var (before, here) = ('\0', ' ');
        for (var i = 0; i <= lower.Length; i++)
        {
            var next = i < lower.Length ? lower[i] : ' ';
            if (before != '\0')
            {
                var costs = Known.GetValueOrDefault(Key(before, here, next)) ?? Nothing;
                for (var language = 0; language < costs.Length; language++) scores[language] += costs[language];
            }
            (before, here) = (here, next);
        }
    }

    private static FrozenDictionary<ulong, float[]> Learn()
    {
        var counts = new Dictionary<ulong, double[]>();
        for (var i = 0; i < Languages.Length; i++)
        {
            var language = Languages[i];
            foreach (var word in WordLists.Lines("profile-" + language.Code).SelectMany(line => line.ToLowerInvariant().Split((char[])[' ', '.', ',', '?', '¿', '!', '-'], StringSplitOptions.RemoveEmptyEntries))) Count(word, 3);
            foreach (var word in language.StopWords.Concat(language.Opinions.Words)) Count(word, 1);

            void Count(string word, double weight)
            {
                var padded = $" {word} ";
                for (var at = 2; at < padded.Length; at++)
                {
                    var key = Key(padded[at - 2], padded[at - 1], padded[at]);
                    if (!counts.TryGetValue(key, out var seen)) counts[key] = seen = new double[Languages.Length];
                    seen[i] += weight;
                    Totals[i] += weight;
                }
            }
        }
        return counts.ToFrozenDictionary(entry => entry.Key, entry => Costs(entry.Value));
    }

    private static float[] Costs(double[] seen) => [.. seen.Select((count, language) => (float)Math.Log((count + Unseen) / (Totals[language] + (Unseen * 5_000))))];

    private static ulong Key(char a, char b, char c) => ((ulong)a << 32) | ((ulong)b << 16) | c;
}
