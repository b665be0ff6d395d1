using System.Text;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>Words as the lists have them: in lower case, composed, with a plain apostrophe.</summary>
internal static class LowerCase
{
    /// <summary>No word of a list is longer; what is longer is no word.</summary>
    public const int LengthMax = 40;

    /// <param name="room">At least <see cref="LengthMax"/>.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word, Span<char> room)
    {
        if (word.Length > LengthMax) return [];
        var length = word.ToLowerInvariant(room);
        var lower = room[..length];
        lower.Replace('’', '\'');
        return lower.ContainsAnyInRange('\u0300', '\u036F') ? Composed(lower) : lower;
    }

    // Rare: only some systems write é as two characters. Half a surrogate pair is no letter, so every word can be composed.
    private static ReadOnlySpan<char> Composed(ReadOnlySpan<char> word) => word.ToString().Normalize(NormalizationForm.FormC);
}
