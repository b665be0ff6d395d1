using System.Globalization;
using System.Text;
using Rpd.Shared.Generations;

namespace Rpd.Server.Library;

/// <summary>Names of files from titles: letters and digits of any script, and a number in front, so that no two are alike and none is one that a system keeps for itself.</summary>
internal static class ArchiveNames
{
    private const int LengthMax = 60;

    /// <param name="count">How many files this one has.</param>
    public static string Of(int index, GenerationView item, int ordinal, int count, string extension) => string.Create(CultureInfo.InvariantCulture,
        $"{index + 1:000}-{Words(item.Title ?? item.Prompt) ?? item.Type}{(count > 1 ? $"-{ordinal + 1}" : "")}{extension}");

    private static string? Words(string? text)
    {
        var name = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (name.Length >= LengthMax) break;
            if (Rune.IsLetterOrDigit(rune)) name.Append(Rune.ToLowerInvariant(rune));
            else if (name.Length > 0 && name[^1] != '-') name.Append('-');
        }
        return name.ToString().Trim('-') is { Length: > 0 } words ? words : null;
    }
}
