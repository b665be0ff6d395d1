using System.Collections.Frozen;
using System.Text;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>
/// Which of the twelve languages a text is in: by its script, and within Latin and Chinese by what only one language writes. A language that shares its
/// script with one of the twelve (Dutch, Persian, Marathi) is taken for that one.
/// </summary>
internal static class DetectLanguage
{
    /// <summary>The beginning tells enough.</summary>
    private const int UnitsMax = 1_000;

    private static readonly FrozenSet<Rune> Simplified = Runes("simplified"), Traditional = Runes("traditional");

    /// <returns>A code of <see cref="Rpd.Shared.Analysis.TextLanguages.Known"/>; null for a text without letters, or with other ones.</returns>
    public static string? Run(string text)
    {
        var beginning = text.AsSpan(0, Math.Min(text.Length, UnitsMax));
        Span<int> letters = stackalloc int[(int)Script.Other + 1];
        var (simplified, traditional) = (0, 0);
        foreach (var rune in beginning.EnumerateRunes())
        {
            var script = Scripts.Of(rune);
            letters[(int)script]++;
            if (script != Script.Han) continue;
            if (Simplified.Contains(rune)) simplified++;
            else if (Traditional.Contains(rune)) traditional++;
        }
        return Dominant(letters) switch
        {
            Script.Latin => LatinProfiles.Likeliest(beginning),
            Script.Kana => "ja",
            Script.Han => traditional > simplified ? "zh-TW" : "zh",
            Script.Hangul => "ko",
            Script.Devanagari => "hi",
            Script.Arabic => "ar",
            _ => null,
        };
    }

    /// <summary>Chinese characters say as much as a word of letters does. Among kana they are Japanese.</summary>
    private static Script Dominant(ReadOnlySpan<int> letters)
    {
        var (best, most) = (Script.None, 0);
        for (var script = Script.Latin; script <= Script.Other; script++)
        {
            var weight = letters[(int)script] * (script is Script.Han or Script.Kana or Script.Hangul ? 3 : 1);
            if (script == Script.Han && letters[(int)Script.Kana] * 10 >= letters[(int)Script.Han]) weight = 0;
            if (script == Script.Kana) weight += letters[(int)Script.Kana] * 10 >= letters[(int)Script.Han] ? letters[(int)Script.Han] * 3 : 0;
            if (weight > most) (best, most) = (script, weight);
        }
        return best;
    }

    private static FrozenSet<Rune> Runes(string key) => WordLists.ByKey("han")[key].SelectMany(word => word.EnumerateRunes()).ToFrozenSet();
}
