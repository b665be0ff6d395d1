using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Rpd.Server.Prompts;

/// <summary>
/// One spelling for the many that look alike: lower case, no accents, no invisible characters, full-width and ornamental letters and the look-alikes of other
/// alphabets as plain ones. What it makes is only compared, never shown or kept.
/// </summary>
public static class Fold
{
    // Cyrillic, Greek, Armenian and others → the Latin letter that they pass for.
    private static readonly FrozenDictionary<char, char> LookAlikes = Pairs(
        "аaеeоoрpсcуyхxіiїiјjѕsԁdһhӏlԛqԝwвbкkмmнhтtгrзeьbпnиuэe" + "αaεeοoρpιiκkνvτtυuχxηnωwσoβbγyμuδd" + "օoսuհhոnցgզqւiյjտs" + "ıiłløođdħhŧtðdɑaɡgɩiɪiʀrʏyɢgɴnʟlᴀaʙbᴄcᴅdᴇeꜰfᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢz");

    public static string Of(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        // Rune by rune first: half a surrogate pair would stop the normalization.
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) folded.Append(rune);
        var plain = folded.ToString().Normalize(NormalizationForm.FormKD).ToLowerInvariant();
        folded.Clear();
        foreach (var letter in plain)
        {
            var kind = CharUnicodeInfo.GetUnicodeCategory(letter);
            if (kind is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) continue;
            folded.Append(LookAlikes.GetValueOrDefault(letter, letter));
        }
        return folded.Replace("ß", "ss").ToString();
    }

    /// <summary>Scripts that put no spaces between words: there each letter stands alone.</summary>
    public static bool StandsAlone(char letter) => letter is (>= '\u1100' and <= '\u11FF') or (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\u0E00' and <= '\u0E7F');

    private static FrozenDictionary<char, char> Pairs(string pairs) =>
        pairs.Chunk(2).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]).ToFrozenDictionary();
}
