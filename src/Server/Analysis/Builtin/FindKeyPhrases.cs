using Rpd.Shared.Analysis;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>
/// What a text is about, by RAKE (Rose, Engel, Cramer and Cowley, 2010): runs of words between stop words and signs, each word weighed by how many others it
/// stands with against how often it stands.
/// </summary>
internal static class FindKeyPhrases
{
    private const int WordsMax = 5, PhrasesMin = 5;

    public static KeyPhrasesResult Run(string text, TextLanguage language)
    {
        var runs = Candidates(text, language);
        var weights = new Dictionary<string, (int Degree, int Times)>();
        foreach (var run in runs)
            foreach (var word in run.Words)
            {
                var (degree, times) = weights.GetValueOrDefault(word);
                weights[word] = (degree + run.Words.Count, times + 1);
            }
        var scored = runs.Select(run => (run.Start, run.End, Score: run.Words.Sum(word => (double)weights[word].Degree / weights[word].Times))).ToList();
        // RAKE keeps a third as many phrases as there are words in them.
        var kept = scored.OrderByDescending(run => run.Score).Take(Math.Max(PhrasesMin, weights.Count / 3)).OrderBy(run => run.Start);
        var places = new CodePoints(text);
        var found = new List<KeyPhrase>();
        foreach (var (start, end, score) in kept)
        {
            var from = places.At(start);
            found.Add(new(Math.Round(score / (score + 1), 6), text[start..end], from, places.At(end)));
        }
        return new(found);
    }

    private static List<(List<string> Words, int Start, int End)> Candidates(string text, TextLanguage language)
    {
        var runs = new List<(List<string> Words, int Start, int End)>();
        List<string>? run = null;
        var (start, end) = (0, 0);
        Span<char> room = stackalloc char[LowerCase.LengthMax];
        foreach (var token in Tokens.Of(text, language.Elision))
        {
            var word = token.Kind == TokenKind.Word ? LowerCase.Of(token.Of(text), room) : [];
            if (word.Length < 2 || language.IsStopWord(word) || run?.Count == WordsMax)
            {
                Close();
                if (word.Length < 2 || language.IsStopWord(word)) continue;
            }
            if (run is null) (run, start) = ([], token.Start);
            run.Add(word.ToString());
            end = token.End;
        }
        Close();
        return runs;

        void Close()
        {
            if (run is not null) runs.Add((run, start, end));
            run = null;
        }
    }
}
