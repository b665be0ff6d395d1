using System.Globalization;
using System.Text;

namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>
/// A prompt as plain words: lower case, without accents, letters and digits only. Nothing else of what people write goes any further.
/// </summary>
internal static class Prompt
{
    /// <summary>More words than this say nothing new about one picture.</summary>
    public const int WordsMax = 600;

    public static IReadOnlyList<string> Words(string text)
    {
        var whole = new StringBuilder(text.Length);
        // EnumerateRunes mends lone surrogates, which Normalize would refuse.
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune.ToString());

        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in whole.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark) continue;
            if (Rune.IsLetterOrDigit(rune)) word.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (word.Length > 0) Take();
            if (words.Count >= WordsMax) return words;
        }
        if (word.Length > 0) Take();
        return words;

        void Take()
        {
            words.Add(word.ToString().Replace("ß", "ss", StringComparison.Ordinal));
            word.Clear();
        }
    }
}
