using System.Globalization;
using Rpd.Server.Http;

namespace Rpd.Server.Faces.Raypack;

/// <summary>Fields whose values are words, in whatever case they come.</summary>
internal static class FormWords
{
    public static string Word(this Fields fields, string name, string usual, params ReadOnlySpan<string> allowed)
    {
        if (fields.Text(name, 100)?.Trim().ToLowerInvariant() is not { } word) return usual;
        foreach (var one in allowed)
            if (one == word) return word;
        fields.Wrong(name, $"{name} must be one of: {string.Join(", ", allowed)}.");
        return usual;
    }

    /// <summary>0–1; a service's own default when it is not said.</summary>
    public static double Threshold(this Fields fields, decimal usual) => (double)(fields.Number("threshold", 0, 1) ?? usual);

    /// <summary>With or without <c>#</c>.</summary>
    /// <returns><c>rrggbb</c>.</returns>
    public static string Colour(this Fields fields, string usual)
    {
        if (fields.Text("hex", 20)?.Trim().TrimStart('#').ToLowerInvariant() is not { } hex) return usual;
        if (hex.Length == 6 && int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)) return hex;
        fields.Wrong("hex", "hex must be a colour of six digits, such as 00ff00.");
        return usual;
    }
}
