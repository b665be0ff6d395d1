using System.Text.RegularExpressions;

namespace Rpd.Web.Playground;

public enum Change { Same, Gone, New }

/// <summary>What differs between two texts, word by word. Spaces belong to the word before them.</summary>
public static partial class WordDiff
{
    public static IReadOnlyList<(Change Change, string Text)> Of(string old, string fresh)
    {
        var (a, b) = (Split(old), Split(fresh));
        // The longest common run of words: lengths[i, j] is that of what follows i and j. A prompt has a thousand words at most.
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                lengths[i, j] = Same(a[i], b[j]) ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        var parts = new List<(Change Change, string Text)>();
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && Same(a[i], b[j]))
            {
                Add(Change.Same, b[j++]);
                i++;
            }
            else if (i < a.Length && (j == b.Length || lengths[i + 1, j] >= lengths[i, j + 1])) Add(Change.Gone, a[i++]);
            else Add(Change.New, b[j++]);
        }
        return parts;

        void Add(Change change, string word)
        {
            if (parts.Count > 0 && parts[^1].Change == change) parts[^1] = (change, parts[^1].Text + word);
            else parts.Add((change, word));
        }
    }

    private static bool Same(string a, string b) => a.AsSpan().TrimEnd().SequenceEqual(b.AsSpan().TrimEnd());

    private static string[] Split(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}_'’-]+\s*|[^\p{L}\p{N}_'’\s-]\s*|\s+")]
    private static partial Regex Word();
}
