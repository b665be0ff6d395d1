using System.Text;

namespace Rpd.Server.CustomModels.Learning;

/// <summary>
/// Words, pairs of words and stretches of three to five letters, each hashed into one of <see cref="Buckets"/>. Words carry the topic, pairs a negation, letters whatever a language
/// does with endings, a misspelling or a script without spaces. How often one occurs counts by its logarithm.
/// </summary>
public static class TextFeatures
{
    public const int Buckets = 1 << 16;

    public static FeatureVector Of(string text)
    {
        var counts = new Dictionary<int, float>();
        var before = "";
        foreach (var word in Words(text))
        {
            Count("w:" + word);
            if (before.Length > 0) Count($"p:{before} {word}");
            before = word;
            var framed = $"<{word}>";
            for (var length = 3; length <= 5; length++)
                for (var at = 0; at + length <= framed.Length; at++) Count("c:" + framed.Substring(at, length));
        }
        return FeatureVector.Of(counts.ToDictionary(one => one.Key, one => 1 + MathF.Log(one.Value)));

        void Count(string feature)
        {
            var bucket = (int)(Hash(feature) % Buckets);
            counts[bucket] = counts.GetValueOrDefault(bucket) + 1;
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            // Signs that are no letters may be what it is about: faces, stars, exclamation marks.
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }
            if (word.Length > 0) yield return word.ToString();
            word.Clear();
            if (!Rune.IsWhiteSpace(rune) && rune.Value is not ('.' or ',' or '\'' or '"')) yield return rune.ToString();
        }
        if (word.Length > 0) yield return word.ToString();
    }

    /// <summary>FNV-1a, so that a stored classifier finds its features again in any process.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text) hash = unchecked((hash ^ letter) * 16777619u);
        // The low bits of FNV are its weaker ones.
        return hash ^ (hash >> 16);
    }
}
